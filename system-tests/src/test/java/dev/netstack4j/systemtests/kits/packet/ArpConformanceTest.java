package dev.netstack4j.systemtests.kits.packet;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.arp.ArpModule;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeConformance;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeSubject;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import java.util.List;

class ArpConformanceTest extends EtherTypeConformance {
    @Override
    protected EtherTypeSubject subject() {
        return new EtherTypeSubject() {
            @Override
            public StackModule stackModule() {
                return new ArpModule();
            }

            @Override
            public List<byte[]> validFrames() {
                return List.of(PeerFrames.arpRequest());
            }
        };
    }
}
