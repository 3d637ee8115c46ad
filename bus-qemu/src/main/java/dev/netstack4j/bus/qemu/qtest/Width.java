package dev.netstack4j.bus.qemu.qtest;

/// Where and how wide a register is, in the words of the protocol.
public enum Width {
    /// 8 bits in memory space.
    BYTE("b", false),
    /// 16 bits in memory space.
    WORD("w", false),
    /// 32 bits in memory space.
    LONG("l", false),
    /// 8 bits in I/O space.
    IO_BYTE("b", true),
    /// 16 bits in I/O space.
    IO_WORD("w", true),
    /// 32 bits in I/O space.
    IO_LONG("l", true);

    final String read;
    final String write;

    Width(String letter, boolean io) {
        read = (io ? "in" : "read") + letter + " 0x";
        write = (io ? "out" : "write") + letter + " 0x";
    }
}
