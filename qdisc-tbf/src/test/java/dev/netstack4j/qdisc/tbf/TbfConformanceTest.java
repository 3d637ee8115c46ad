package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.qdisc.QdiscConformance;
import dev.netstack4j.testkit.kit.qdisc.QdiscSetup;
import dev.netstack4j.testkit.kit.qdisc.QdiscSubject;
import java.util.List;
import java.util.Map;

class TbfConformanceTest extends QdiscConformance {
    private static QdiscSetup plain() {
        return QdiscSetup.of(Map.of("rate", "8mbit", "burst", "6000", "limit", "30000"))
                .rate(1_000_000, 6000)
                .mostBytes(30_000);
    }

    private static QdiscSetup withPeakRate() {
        return QdiscSetup.of(Map.of(
                        "rate", "80mbit", "burst", "20000", "limit", "60000", "peakrate", "160mbit", "mtu", "1600"))
                .rate(10_000_000, 20_000)
                .mostBytes(60_000);
    }

    @Override
    protected QdiscSubject subject() {
        return new QdiscSubject() {
            @Override
            public StackModule stackModule() {
                return new TbfModule();
            }

            @Override
            public String kind() {
                return "tbf";
            }

            @Override
            public List<QdiscSetup> setups() {
                return List.of(plain().changesTo(withPeakRate()), withPeakRate().changesTo(plain()));
            }

            @Override
            public List<Map<String, String>> badOptions() {
                return List.of(
                        Map.of("rate", "4bit"),
                        Map.of("rate", "2000gbit"),
                        Map.of("rate", "8mbit", "peakrate", "8mbit"),
                        Map.of("rate", "8mbit", "burst", "5g"),
                        Map.of("rate", "8mbit", "limit", "10k", "latency", "10ms"),
                        Map.of("rate", "8mbit", "latency", "101s"));
            }
        };
    }
}
