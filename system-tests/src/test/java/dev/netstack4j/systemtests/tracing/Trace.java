package dev.netstack4j.systemtests.tracing;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.stack.Stack;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What a tap of one host sees, in the order in which it sees it.
final class Trace implements AutoCloseable {
    /// One frame from its Ethernet header on.
    record Frame(boolean outgoing, long nanos, byte[] bytes) {}

    private final List<Frame> frames = new ArrayList<>();
    private final Registration tap;
    private final ConsumeReason seen;

    Trace(Stack stack) {
        seen = stack.packets().ledger().consume("TEST_TRACE", "seen by the trace");
        tap = stack.service(PacketTypes.class)
                .add(
                        EtherType.ALL,
                        stack.device("eth0"),
                        (skb, device, original, cpu) -> {
                            add(skb, stack.runtime().clock().nanos());
                            skb.consume(seen, cpu);
                        },
                        "trace");
    }

    private synchronized void add(SkBuff skb, long nanos) {
        int header = skb.data() - skb.macHeader();
        byte[] bytes = new byte[skb.length() + header];
        skb.push(header);
        skb.read(0, bytes, 0, bytes.length);
        skb.pull(header);
        frames.add(new Frame(skb.kind() == PacketKind.OUTGOING, nanos, bytes));
    }

    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    /// Hash of every byte, direction and time.
    String exactHash() {
        MessageDigest d = sha256();
        for (Frame f : frames()) {
            d.update((f.outgoing + " " + f.nanos + " ").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            d.update(f.bytes);
        }
        return HexFormat.of().formatHex(d.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        tap.close();
    }
}
