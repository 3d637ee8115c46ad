package dev.netstack4j.systemtests.kits.congestion;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.tcp.TcpModule;
import dev.netstack4j.testkit.kit.congestion.CongestionConformance;
import dev.netstack4j.testkit.kit.congestion.CongestionSubject;

class RenoConformanceTest extends CongestionConformance {
    @Override
    protected CongestionSubject subject() {
        return new CongestionSubject() {
            @Override
            public StackModule stackModule() {
                return new TcpModule();
            }

            @Override
            public String name() {
                return "reno";
            }
        };
    }
}
