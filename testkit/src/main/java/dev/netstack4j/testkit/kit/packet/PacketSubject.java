package dev.netstack4j.testkit.kit.packet;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.Subject;
import java.util.List;
import java.util.Map;

/// Something that receives packets.
public interface PacketSubject extends Subject {
    /// The module that contributes it; made anew for each call.
    StackModule stackModule();

    @Override
    default String module() {
        return stackModule().name();
    }

    /// Valid frames for it, from the Ethernet header on, each of which it takes. They come to the device
    /// 02:00:00:00:00:01 with the address 10.0.0.1, from 02:00:00:00:00:02 with 10.0.0.2.
    List<byte[]> validFrames();

    /// Bytes at the front of a frame that belong to the layers below it and that the kit leaves right.
    default int lowerBytes() {
        return 14;
    }

    /// A frame whose bytes or length the kit has changed, with what the layers below say of it made right.
    default byte[] repaired(byte[] frame) {
        return frame;
    }

    /// Settings that its module declares, and what they are to be.
    default Map<String, Integer> settings() {
        return Map.of();
    }

    /// Prepares a stack before the first packet comes: opens sockets, for example.
    default void prepare(Stack stack) throws Exception {}
}
