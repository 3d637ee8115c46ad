package dev.netstack4j.testkit.kit.ipprotocol;

import dev.netstack4j.testkit.kit.packet.PacketSubject;
import dev.netstack4j.testkit.kit.packet.PeerFrames;

/// One of the IP protocols to be judged by [IpProtocolKit], in a whole stack with every module on the class path. A
/// complete test of one:
/// ```java
/// class EchoConformanceTest extends IpProtocolConformance {
///     @Override
///     protected IpProtocolSubject subject() {
///         return new IpProtocolSubject() {
///             @Override public StackModule stackModule() { return new EchoModule(); }
///             @Override public List<byte[]> validFrames() { return List.of(EchoFrames.request()); }
///         };
///     }
/// }
/// ```
public interface IpProtocolSubject extends PacketSubject {
    /// Of frames with an IPv4 header without options.
    @Override
    default int lowerBytes() {
        return 34;
    }

    @Override
    default byte[] repaired(byte[] frame) {
        return PeerFrames.repairedIpv4(frame);
    }
}
