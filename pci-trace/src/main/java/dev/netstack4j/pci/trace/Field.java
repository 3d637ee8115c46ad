package dev.netstack4j.pci.trace;

/// Some bits of a register or descriptor. Written `NAME:BIT`, `NAME:LOW-HIGH`, of a descriptor's second word
/// `NAME:1.LOW-HIGH`; behind that `@` for an address, `#` for a count, `~` for what depends on chance.
///
/// @param name of the data sheet
/// @param word 0 or 1
/// @param low  lowest bit
/// @param high highest bit
/// @param mark `@`, `#`, `~`, or a space
record Field(String name, int word, int low, int high, char mark) {
    private static final String MARKS = "@#~";

    static Field parse(String text) {
        int colon = text.indexOf(':');
        String bits = text.substring(colon + 1);
        char last = bits.charAt(bits.length() - 1);
        char mark = MARKS.indexOf(last) >= 0 ? last : ' ';
        bits = mark == ' ' ? bits : bits.substring(0, bits.length() - 1);
        int word = bits.startsWith("1.") ? 1 : 0;
        bits = bits.startsWith("1.") || bits.startsWith("0.") ? bits.substring(2) : bits;
        int dash = bits.indexOf('-');
        int low = Integer.parseInt(dash < 0 ? bits : bits.substring(0, dash));
        int high = dash < 0 ? low : Integer.parseInt(bits.substring(dash + 1));
        return new Field(text.substring(0, colon), word, low, high, mark);
    }

    long of(long word0, long word1) {
        int width = high - low + 1;
        return (word == 0 ? word0 : word1) >>> low & (width == Long.SIZE ? -1L : (1L << width) - 1);
    }

    /// Its name for a bit that is set, name and value for several; nothing for zeros.
    void print(long word0, long word1, StringBuilder to) {
        long value = of(word0, word1);
        if (value == 0) {
            return;
        }
        to.append(to.isEmpty() ? "" : " ").append(name);
        if (low != high) {
            to.append(':');
            to.append(mark == ' ' ? "" : String.valueOf(mark)).append(Long.toHexString(value));
        }
    }
}
