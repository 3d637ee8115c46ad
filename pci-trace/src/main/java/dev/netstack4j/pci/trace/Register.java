package dev.netstack4j.pci.trace;

import java.util.List;

/// A register of a data sheet.
///
/// @param name   of the data sheet
/// @param mark   `@` when it holds an address, `#` a count, `~` chance, or a space
/// @param fields what its bits are
record Register(String name, char mark, List<Field> fields) {
    /// A value and its meaning: `4008002 EN BAM SECRC`.
    String value(int value) {
        String hex = Integer.toHexString(value);
        if (mark != ' ') {
            return mark + hex;
        }
        StringBuilder s = new StringBuilder();
        for (Field f : fields) {
            f.print(Integer.toUnsignedLong(value), 0, s);
        }
        return hex + (s.isEmpty() ? "" : " " + s);
    }
}
