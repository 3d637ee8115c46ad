package com.example.red;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.qdisc.QdiscConformance;
import dev.netstack4j.testkit.kit.qdisc.QdiscSetup;
import dev.netstack4j.testkit.kit.qdisc.QdiscSubject;
import java.util.List;
import java.util.Map;

/// The rules of the contract, one test each.
class RedConformanceTest extends QdiscConformance {
    @Override
    protected QdiscSubject subject() {
        return new QdiscSubject() {
            @Override
            public StackModule stackModule() {
                return new RedModule();
            }

            @Override
            public String kind() {
                return "red";
            }

            @Override
            public List<QdiscSetup> setups() {
                return List.of(
                        QdiscSetup.of(Map.of("min", "300k", "max", "390k", "limit", "390k"))
                                .mostBytes(390 << 10),
                        QdiscSetup.of(Map.of("min", "1k", "max", "20k", "probability", "10%"))
                                .random());
            }

            @Override
            public List<Map<String, String>> badOptions() {
                return List.of(Map.of("min", "90k", "max", "30k"), Map.of("min", "0", "max", "30k"));
            }
        };
    }
}
