package dev.netstack4j.bus.emulated.silicon;

/// The statistics registers. Units count for ever, each in its own array and with one writer; a read gives what was
/// added since the last read, so that reading clears without a race. 32-bit counts stick at their maximum.
public final class Stats {
    private static final int COUNT = FamilyReg.STATS_END - FamilyReg.STATS >> 2;

    /// Counts of the receive unit, by register.
    public final long[] receive = new long[COUNT];
    /// Counts of the transmit unit, by register.
    public final long[] transmit = new long[COUNT];
    private final long[] seen = new long[COUNT];
    private final long[] latched = new long[COUNT];

    /// Whether a register is one of them.
    public static boolean covers(int offset) {
        return offset >= FamilyReg.STATS && offset < FamilyReg.STATS_END;
    }

    public static int index(int register) {
        return register - FamilyReg.STATS >> 2;
    }

    /// Which of the six size classes of PRC64 and PTC64 a frame of so many bytes (with FCS) falls into.
    public static int sizeClass(int bytes) {
        if (bytes <= 64) {
            return 0;
        }
        return bytes >= 1024 ? 5 : 26 - Integer.numberOfLeadingZeros(bytes);
    }

    public int read(int register) {
        int i = index(register);
        return switch (register) {
            case FamilyReg.GORCL, FamilyReg.GOTCL, FamilyReg.TORL, FamilyReg.TOTL -> low(i);
            case FamilyReg.GORCH, FamilyReg.GOTCH, FamilyReg.TORH, FamilyReg.TOTH -> high(i - 1);
            default -> count(i);
        };
    }

    private long total(int i) {
        return receive[i] + transmit[i];
    }

    private int count(int i) {
        long now = total(i);
        long n = Math.min(now - seen[i], 0xFFFF_FFFFL);
        seen[i] = now;
        return (int) n;
    }

    /// Low half of 64 bits: latches both halves.
    private int low(int i) {
        latched[i] = total(i) - seen[i];
        return (int) latched[i];
    }

    /// High half: clears.
    private int high(int i) {
        int high = (int) (latched[i] >>> 32);
        seen[i] += latched[i];
        latched[i] = 0;
        return high;
    }

    public void reset() {
        for (int i = 0; i < COUNT; i++) {
            seen[i] = total(i);
            latched[i] = 0;
        }
    }
}
