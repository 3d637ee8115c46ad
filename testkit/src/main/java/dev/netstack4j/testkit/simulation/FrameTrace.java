package dev.netstack4j.testkit.simulation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/// What happened to frames: hashed, the last ones kept, all of it shown to observers.
final class FrameTrace {
    private static final int KEPT = 20;

    private final MessageDigest digest;
    private final ByteBuffer head = ByteBuffer.allocate(20);
    private final Deque<FrameEvent> last = new ArrayDeque<>();
    private final List<Consumer<FrameEvent>> observers = new ArrayList<>();
    private long frames;

    FrameTrace() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /// @param direction number of the direction of the link, the same in every run
    void add(int direction, FrameEvent event) {
        head.clear();
        head.putLong(event.nanos()).putInt(direction).putInt(event.fate().ordinal());
        head.putInt(event.bytes().length);
        digest.update(head.array());
        if (event.fate() == FrameFate.SENT || event.fate() == FrameFate.CORRUPTED) {
            digest.update(event.bytes()); // otherwise they are the ones that were sent
        }
        frames += event.fate() == FrameFate.SENT ? 1 : 0;
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(event);
        for (Consumer<FrameEvent> o : observers) {
            o.accept(event);
        }
    }

    void observe(Consumer<FrameEvent> observer) {
        observers.add(observer);
    }

    /// Hash of all so far.
    String hash() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of this Java cannot be read in between", e);
        }
    }

    /// Frames sent so far, each link by itself.
    long frames() {
        return frames;
    }

    List<FrameEvent> last() {
        return List.copyOf(last);
    }
}
