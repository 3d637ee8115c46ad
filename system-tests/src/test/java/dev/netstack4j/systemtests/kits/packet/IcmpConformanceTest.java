package dev.netstack4j.systemtests.kits.packet;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.ipv4.Ipv4Module;
import dev.netstack4j.testkit.kit.ipprotocol.IpProtocolConformance;
import dev.netstack4j.testkit.kit.ipprotocol.IpProtocolSubject;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import java.util.List;

class IcmpConformanceTest extends IpProtocolConformance {
    @Override
    protected IpProtocolSubject subject() {
        return new IpProtocolSubject() {
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
