package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.packet.PacketSubject;
import java.util.List;
import java.util.Map;

/// The frames of a family, for a host where a socket is bound to its first address.
record PacketsFor(SocketSubject subject) implements PacketSubject {
    @Override
    public StackModule stackModule() {
        return subject.stackModule();
    }

    @Override
    public List<byte[]> validFrames() {
        return subject.frames();
    }

    @Override
    public int lowerBytes() {
        return subject.lowerBytes();
    }

    @Override
    public byte[] repaired(byte[] frame) {
        return subject.repaired(frame);
    }

    @Override
    public Map<String, Integer> settings() {
        return subject.settings();
    }

    @Override
    public void prepare(Stack stack) throws Exception {
        subject.prepare(stack);
        SystemCalls calls = stack.sockets();
        int fd = calls.socket(subject.family().number(), subject.type(), subject.protocol());
        if (subject.abilities().contains(SocketAbility.BIND)) {
            calls.bind(fd, subject.frameAddress());
        }
        if (subject.abilities().contains(SocketAbility.LISTEN)) {
            calls.listen(fd, 8);
        }
    }
}
