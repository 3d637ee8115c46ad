package dev.netstack4j.testkit.kit.ethertype;

import dev.netstack4j.testkit.kit.packet.PacketSubject;

/// One of the EtherType protocols to be judged by [EtherTypeKit], in a whole stack with every module on the class path.
/// A complete test of one:
/// ```java
/// class EchoConformanceTest extends EtherTypeConformance {
///     @Override
///     protected EtherTypeSubject subject() {
///         return new EtherTypeSubject() {
///             @Override public StackModule stackModule() { return new EchoModule(); }
///             @Override public List<byte[]> validFrames() { return List.of(EchoFrames.request()); }
///         };
///     }
/// }
/// ```
public interface EtherTypeSubject extends PacketSubject {}
