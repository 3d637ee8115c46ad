package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A received frame as its driver is to see it: without its VLAN tag if that is stripped, padded to the least length,
/// with its check sequence if that is kept.
public final class RxImage {
    private static final int LEAST_FRAME = 60;
    private static final int FCS = 4;
    private static final int TAG = 4;
    private static final int TAG_AT = 12;

    private FrameBatch batch = new FrameBatch(1, 1);
    private int frame;
    private int length;
    private int gap;
    private int total;
    private int fcs;

    /// No frame yet.
    public RxImage() {}

    /// Takes frame `f` of `bytes` bytes.
    public void take(FrameBatch b, int f, int bytes, boolean stripTag, boolean stripFcs) {
        batch = b;
        frame = f;
        length = bytes;
        gap = stripTag ? TAG : 0;
        total = Math.max(bytes, LEAST_FRAME) - gap + (stripFcs ? 0 : FCS);
        fcs = stripFcs ? 0 : computeFcs();
    }

    private int computeFcs() {
        byte[] all = new byte[Math.max(length, LEAST_FRAME)];
        Frames.copy(batch, frame, 0, length, MemorySegment.ofArray(all), 0);
        return Frames.fcs(all, all.length);
    }

    /// Its bytes.
    public int bytes() {
        return total;
    }

    /// Where in it a position of the frame on the wire lies; not within the tag.
    public int place(int onWire) {
        return gap > 0 && onWire >= TAG_AT + TAG ? onWire - TAG : onWire;
    }

    /// Copies `n` bytes from position `from` of it.
    public void copy(int from, int n, MemorySegment to, long at) {
        int position = from;
        int end = from + n;
        if (gap > 0 && position < TAG_AT) {
            int part = Math.min(TAG_AT, end) - position;
            Frames.copy(batch, frame, position, part, to, at);
            position += part;
        }
        int frameEnd = Math.min(end, length - gap);
        if (position < frameEnd) {
            Frames.copy(batch, frame, position + gap, frameEnd - position, to, at + position - from);
            position = frameEnd;
        }
        int padEnd = Math.max(length, LEAST_FRAME) - gap;
        for (; position < end; position++) {
            to.set(ValueLayout.JAVA_BYTE, at + position - from, tail(position - padEnd));
        }
    }

    private byte tail(int behindPadding) {
        return behindPadding < 0 ? 0 : (byte) (fcs >>> 8 * behindPadding);
    }
}
