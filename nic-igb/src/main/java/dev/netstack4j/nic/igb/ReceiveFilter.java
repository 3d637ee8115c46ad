package dev.netstack4j.nic.igb;

import static dev.netstack4j.nic.igb.Registers.*;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.hardware.IoMemory;
import java.util.List;

/// Which frames the device takes: the bits of RCTL, the multicast table and the VLAN table. Process context under the
/// control lock.
final class ReceiveFilter {
    /// Bytes of a frame around its payload: header, one tag, check sequence.
    static final int OVERHEAD = 14 + 4 + 4;

    private static final int MOST_STANDARD_MTU = 1500;

    private final int[] vlans = new int[VFTA_ENTRIES];
    private int wantedVlans;
    private boolean vlanFiltering;
    private RxMode mode = new RxMode(false, false, List.of());

    void mode(RxMode newMode) {
        mode = newMode;
    }

    /// Frames of this VLAN are wanted, or no longer; told once each.
    void vlan(int id, boolean wanted) {
        vlans[id >>> 5] ^= 1 << (id & 31);
        wantedVlans += wanted ? 1 : -1;
    }

    /// Whether VLANs are filtered at all.
    void vlanFiltering(boolean on) {
        vlanFiltering = on;
    }

    /// The whole receive control register for a running receive unit. VLANs are filtered only when some are wanted: who
    /// knows nothing of VLANs takes all.
    int control(int mtu) {
        boolean filtering = vlanFiltering && wantedVlans > 0 && !mode.promiscuous();
        return RCTL_EN
                | RCTL_BAM
                | RCTL_SECRC
                | (mtu > MOST_STANDARD_MTU ? RCTL_LPE : 0)
                | (filtering ? RCTL_VFE : 0)
                | (mode.promiscuous() ? RCTL_UPE | RCTL_MPE : 0)
                | (mode.allMulticast() ? RCTL_MPE : 0);
    }

    /// Writes both tables whole: a reset leaves nothing in them that counts.
    void writeTables(IoMemory registers) {
        writeGroups(registers);
        for (int i = 0; i < VFTA_ENTRIES; i++) {
            registers.write32(VFTA + 4 * i, vlans[i]);
        }
    }

    /// Writes the entry of the VLAN table that holds this id.
    void writeVlan(IoMemory registers, int id) {
        registers.write32(VFTA + 4 * (id >>> 5), vlans[id >>> 5]);
    }

    /// Writes the whole multicast table.
    void writeGroups(IoMemory registers) {
        int[] table = new int[MTA_ENTRIES];
        for (MacAddress group : mode.groups()) {
            int hash = hash(group);
            table[hash >>> 5] |= 1 << (hash & 31);
        }
        for (int i = 0; i < MTA_ENTRIES; i++) {
            registers.write32(MTA + 4 * i, table[i]);
        }
    }

    /// The upper 12 bits of the address in the order of the wire, least significant bit first (RCTL.MO = 0).
    static int hash(MacAddress group) {
        int last = (int) group.bits() & 0xFF;
        int beforeLast = (int) (group.bits() >>> 8) & 0xFF;
        return last << 4 | beforeLast >>> 4;
    }
}
