package dev.netstack4j.systemtests.kits.packet;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.ipv4.Ipv4Module;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeConformance;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeSubject;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import java.util.List;

class Ipv4ConformanceTest extends EtherTypeConformance {
    @Override
    protected EtherTypeSubject subject() {
        return new EtherTypeSubject() {
            @Override
            public StackModule stackModule() {
                return new Ipv4Module();
            }

            @Override
            public List<byte[]> validFrames() {
                return List.of(PeerFrames.ping(new byte[40]), PeerFrames.ping(new byte[1000]));
            }
        };
    }
}
