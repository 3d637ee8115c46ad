package dev.netstack4j.pci.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the data sheet of a chip calls things; from a data file.
///
/// @param name      of the chip
/// @param registers by offset in the first window, looked up only
/// @param rings     its descriptor rings
/// @param posted    kinds of descriptors as drivers write them, transmit and receive
/// @param back      the same as the chip writes them back; the first field says that it did
record Chip(
        String name,
        Map<Integer, Register> registers,
        List<RingPlace> rings,
        Map<Boolean, List<Layout>> posted,
        Map<Boolean, List<Layout>> back) {
    /// The register at an offset; one that has no name gets its offset.
    Register register(int offset) {
        Register known = registers.get(offset);
        return known != null ? known : new Register("+" + Integer.toHexString(offset), ' ', List.of());
    }

    /// How the driver's side of a descriptor is read.
    @Nullable
    Layout posted(boolean tx, long word0, long word1) {
        return first(posted.getOrDefault(tx, List.of()), word0, word1);
    }

    /// How the chip's side of a descriptor is read; null when the chip has not written it.
    @Nullable
    Layout back(boolean tx, long word0, long word1) {
        Layout l = first(back.getOrDefault(tx, List.of()), word0, word1);
        return l == null || l.fields().getFirst().of(word0, word1) == 0 ? null : l;
    }

    private static @Nullable Layout first(List<Layout> layouts, long word0, long word1) {
        for (Layout l : layouts) {
            if (l.fits(word0, word1)) {
                return l;
            }
        }
        return null;
    }
}
