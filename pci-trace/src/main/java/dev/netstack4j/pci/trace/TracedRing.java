package dev.netstack4j.pci.trace;

import dev.netstack4j.api.buffer.PhysicalMemory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One descriptor ring of the device: at a doorbell it reads what the driver has posted, and when the driver takes a
/// buffer back what the chip has written there.
final class TracedRing {
    private static final int DESCRIPTOR = 16;
    private static final String BUFFER = "buf";

    private final RingPlace place;
    private final Chip chip;
    private final PhysicalMemory memory;
    private final Recorder recorder;
    /// Descriptors by the buffer that they name; looked up only.
    private final Map<Long, Integer> posted = new HashMap<>();
    private int low;
    private int high;
    private int bytes;
    private int tail;

    TracedRing(RingPlace place, Chip chip, PhysicalMemory memory, Recorder recorder) {
        this.place = place;
        this.chip = chip;
        this.memory = memory;
        this.recorder = recorder;
    }

    /// A register was written, perhaps one of the ring's; before the device sees it.
    synchronized void written(int offset, int value) {
        if (offset == place.tail()) {
            doorbell(value);
        } else if (offset == place.low()) {
            low = value;
            begin();
        } else if (offset == place.high()) {
            high = value;
            begin();
        } else if (offset == place.length()) {
            bytes = value;
            begin();
        }
    }

    private void begin() {
        tail = 0;
        posted.clear();
    }

    private long at(int index) {
        return ((high & 0xFFFF_FFFFL) << 32 | low & 0xFFFF_FFFFL) + (long) index * DESCRIPTOR;
    }

    private void doorbell(int value) {
        int count = bytes / DESCRIPTOR;
        if (value < 0 || value >= count || at(0) < 0 || at(count) > memory.size()) {
            return;
        }
        int from = tail;
        String same = "";
        for (int i = tail; i != value; i = (i + 1) % count) {
            String text = readPosted(i);
            if (!text.equals(same)) {
                tellPosted(from, i, same);
                same = text;
                from = i;
            }
        }
        tellPosted(from, value, same);
        tail = value;
    }

    private String readPosted(int index) {
        long word0 = memory.get64Le(at(index));
        long word1 = memory.get64Le(at(index) + 8);
        Layout layout = chip.posted(place.tx(), word0, word1);
        if (layout == null) {
            return Long.toHexString(word0) + " " + Long.toHexString(word1);
        }
        for (Field f : layout.fields()) {
            if (f.name().equals(BUFFER)) {
                posted.put(f.of(word0, word1), index);
            }
        }
        return Marks.withoutValues(layout.print(word0, word1));
    }

    /// Descriptors that differ in addresses alone share a line.
    private void tellPosted(int from, int behind, String text) {
        if (text.isEmpty()) {
            return;
        }
        int count = bytes / DESCRIPTOR;
        int last = (behind + count - 1) % count;
        String which = from == last ? "[" + from + "]" : "[" + from + "-" + last + "]";
        recorder.event("post", place.name() + which, text);
    }

    /// The driver takes a buffer back.
    ///
    /// @return whether it was one of this ring
    synchronized boolean takenBack(long buffer) {
        @Nullable Integer index = posted.remove(buffer);
        if (index == null) {
            return false;
        }
        long word1 = memory.get64LeAcquire(at(index) + 8);
        long word0 = memory.get64Le(at(index));
        Layout layout = chip.back(place.tx(), word0, word1);
        if (layout != null) {
            recorder.event("back", place.name() + "[" + index + "]", layout.print(word0, word1));
        }
        return true;
    }
}
