package dev.netstack4j.testkit.kit.ipprotocol;

import dev.netstack4j.testkit.kit.packet.PacketSubject;

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
public interface IpProtocolSubject extends PacketSubject {}
