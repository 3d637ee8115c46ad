package dev.netstack4j.bus.emulated.i82576;

/// The two contexts of one transmit queue, as loaded by context descriptors. When the wire takes only a part of a
/// batch, the descriptors behind it are fetched again later; so each state of a batch is kept until the batch is over.
///
/// ```
/// word 0  63..32 launch time | 31..16 VLAN | 15..9 MACLEN | 8..0 IPLEN
/// word 1  63..48 MSS | 47..40 L4LEN | 38..36 IDX | 29 DEXT | 23..20 DTYP 2 | 12..11 L4T | 10 IPV4 | 9 SNAP
/// ```
final class TxContexts {
    private static final int SLOTS = 2;

    private final long[] low;
    private final long[] high;
    private int version;

    /// @param most context descriptors of one batch
    TxContexts(int most) {
        low = new long[(most + 1) * SLOTS];
        high = new long[(most + 1) * SLOTS];
    }

    private int at(int slot) {
        return version * SLOTS + (slot & SLOTS - 1);
    }

    void load(long word0, long word1) {
        System.arraycopy(low, version * SLOTS, low, (version + 1) * SLOTS, SLOTS);
        System.arraycopy(high, version * SLOTS, high, (version + 1) * SLOTS, SLOTS);
        version++;
        int slot = (int) (word1 >>> 36) & 7;
        low[at(slot)] = word0;
        high[at(slot)] = word1;
    }

    int version() {
        return version;
    }

    /// Makes the state of that version the current one, and forgets the others.
    void restart(int at) {
        System.arraycopy(low, at * SLOTS, low, 0, SLOTS);
        System.arraycopy(high, at * SLOTS, high, 0, SLOTS);
        version = 0;
    }

    void reset() {
        java.util.Arrays.fill(low, 0);
        java.util.Arrays.fill(high, 0);
        version = 0;
    }

    int macLength(int slot) {
        return (int) low[at(slot)] >>> 9 & 0x7F;
    }

    int ipLength(int slot) {
        return (int) low[at(slot)] & 0x1FF;
    }

    int vlan(int slot) {
        return (int) low[at(slot)] >>> 16;
    }

    int transportLength(int slot) {
        return (int) (high[at(slot)] >>> 40) & 0xFF;
    }

    int mss(int slot) {
        return (int) (high[at(slot)] >>> 48);
    }

    boolean isIpv4(int slot) {
        return (high[at(slot)] >>> 10 & 1) != 0;
    }

    boolean isTcp(int slot) {
        return (high[at(slot)] >>> 11 & 3) == 1;
    }
}
