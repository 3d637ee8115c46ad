package dev.netstack4j.nic.igb;

import static dev.netstack4j.nic.igb.Registers.*;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;

/// How received flows are spread over queues: the hash key and the indirection table. Process context under the
/// control lock.
final class RssSettings {
    static final int KEY_BYTES = 40;
    static final int ENTRIES = 128;
    private static final int FIELDS =
            MRQC_TCP4 | MRQC_IP4 | MRQC_TCP6 | MRQC_TCP6_EX | MRQC_IP6 | MRQC_UDP4 | MRQC_UDP6;

    private byte[] key;
    private int[] table;

    /// @param key    40 bytes
    /// @param queues over which the table is spread evenly
    RssSettings(byte[] key, int queues) {
        this.key = key.clone();
        this.table = even(queues);
    }

    private static int[] even(int queues) {
        int[] t = new int[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            t[i] = i % queues;
        }
        return t;
    }

    /// Another number of queues: spreads the table evenly again.
    void spread(int queues) {
        table = even(queues);
    }

    byte[] key() {
        return key.clone();
    }

    void key(byte[] wanted) throws NetException {
        if (wanted.length != KEY_BYTES) {
            throw new NetException(
                    Errno.EINVAL, "set a hash key of " + wanted.length + " bytes (it has " + KEY_BYTES + ")");
        }
        key = wanted.clone();
    }

    int[] table() {
        return table.clone();
    }

    void table(int[] wanted, int queues) throws NetException {
        if (wanted.length != ENTRIES) {
            throw new NetException(
                    Errno.EINVAL, "set an indirection table of " + wanted.length + " entries (it has " + ENTRIES + ")");
        }
        for (int q : wanted) {
            if (q < 0 || q >= queues) {
                throw new NetException(
                        Errno.EINVAL, "send received frames to queue " + q + " (there are " + queues + ")");
            }
        }
        table = wanted.clone();
    }

    /// Writes all of it. One queue needs no hash for its choice, but the hash is of use to the stack all the same.
    void write(IoMemory registers) {
        for (int i = 0; i < KEY_BYTES; i += 4) {
            int word = (key[i] & 0xFF) | (key[i + 1] & 0xFF) << 8 | (key[i + 2] & 0xFF) << 16 | key[i + 3] << 24;
            registers.write32(RSSRK + i, word);
        }
        for (int i = 0; i < ENTRIES; i += 4) {
            registers.write32(RETA + i, table[i] | table[i + 1] << 8 | table[i + 2] << 16 | table[i + 3] << 24);
        }
        registers.write32(MRQC, MRQC_RSS | FIELDS);
    }
}
