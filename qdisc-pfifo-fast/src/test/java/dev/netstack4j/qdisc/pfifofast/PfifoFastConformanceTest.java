package dev.netstack4j.qdisc.pfifofast;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.qdisc.QdiscConformance;
import dev.netstack4j.testkit.kit.qdisc.QdiscSetup;
import dev.netstack4j.testkit.kit.qdisc.QdiscSubject;
import java.util.List;
import java.util.Map;

class PfifoFastConformanceTest extends QdiscConformance {
    private static final int DEVICE_QUEUE_LENGTH = 1000;

    @Override
    protected QdiscSubject subject() {
        return new QdiscSubject() {
            @Override
            public StackModule stackModule() {
                return new PfifoFastModule();
            }

            @Override
            public String kind() {
                return "pfifo_fast";
            }

            @Override
            public List<QdiscSetup> setups() {
                return List.of(QdiscSetup.of(Map.of()).mostPackets(DEVICE_QUEUE_LENGTH));
            }
        };
    }
}
