package dev.netstack4j.pci.trace;

import java.util.List;

/// How a descriptor of one kind is read.
///
/// @param name   of the kind, for example `data`; empty when there is one
/// @param when   what these bits are in descriptors of this kind; null when it is the only one
/// @param is     their value
/// @param fields what its bits are
record Layout(
        String name, @org.jspecify.annotations.Nullable Field when, long is, List<Field> fields) {
    boolean fits(long word0, long word1) {
        return when == null || when.of(word0, word1) == is;
    }

    String print(long word0, long word1) {
        StringBuilder s = new StringBuilder(name);
        for (Field f : fields) {
            f.print(word0, word1, s);
        }
        return s.toString();
    }
}
