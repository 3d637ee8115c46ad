package dev.netstack4j.congestion.dctcp;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.congestion.CongestionConformance;
import dev.netstack4j.testkit.kit.congestion.CongestionSubject;

class DctcpConformanceTest extends CongestionConformance {
    @Override
    protected CongestionSubject subject() {
        return new CongestionSubject() {
            @Override
            public StackModule stackModule() {
                return new DctcpModule();
            }

            @Override
            public String name() {
                return "dctcp";
            }
        };
    }
}
