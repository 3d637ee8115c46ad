package dev.netstack4j.nic.e1000;

import static dev.netstack4j.nic.e1000.Registers.*;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.hardware.IoMemory;
import java.util.List;

/// Which frames the device takes: the bits of RCTL and the multicast table. Process context under the control lock.
final class ReceiveFilter {
    /// Longest frame without its check sequence, and without a VLAN tag, that passes without LPE.
    static final int MOST_STANDARD_MTU = 1500;

    private RxMode mode = new RxMode(false, false, List.of());

    RxMode mode() {
        return mode;
    }

    void mode(RxMode newMode) {
        mode = newMode;
    }

    /// The whole receive control register for a running receive unit. Frames longer than a buffer come as several
    /// descriptors, so the buffer size need not follow the MTU.
    int control(int mtu) {
        return RCTL_EN
                | RCTL_BAM
                | RCTL_SECRC
                | RCTL_BSIZE_2048
                | (mtu > MOST_STANDARD_MTU ? RCTL_LPE : 0)
                | (mode.promiscuous() ? RCTL_UPE | RCTL_MPE : 0)
                | (mode.allMulticast() ? RCTL_MPE : 0);
    }

    /// Writes the whole multicast table.
    void writeTable(IoMemory registers) {
        int[] table = new int[MTA_ENTRIES];
        for (MacAddress group : mode.groups()) {
            int hash = hash(group);
            table[hash >>> 5] |= 1 << (hash & 31);
        }
        for (int i = 0; i < MTA_ENTRIES; i++) {
            registers.write32(MTA + 4 * i, table[i]);
        }
    }

    /// Bits 47 to 36 of the address in the order of the wire, least significant bit first (RCTL.MO = 0): the last octet
    /// and the upper half of the last but one.
    static int hash(MacAddress group) {
        int last = (int) group.bits() & 0xFF;
        int beforeLast = (int) (group.bits() >>> 8) & 0xFF;
        return last << 4 | beforeLast >>> 4;
    }
}
