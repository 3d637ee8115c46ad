package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.hardware.IoMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Registers that remember what was written, with just enough behaviour for a driver to start: reset ends at once, the
/// EEPROM answers, mask and cause registers do what they do. Every access is noted.
final class TestRegisters implements IoMemory {
    final int[] eeprom = new int[64];
    final List<String> trace = new ArrayList<>();
    boolean gone;
    boolean resetHangs;
    boolean eepromSilent;
    boolean phySilent;
    /// Registers of the PHY.
    final int[] phy = new int[32];
    private final Map<Integer, Integer> values = new TreeMap<>();
    private int eerd;
    private int mask;
    private int causes;

    TestRegisters() {
        eeprom[0] = 0x5452;
        eeprom[1] = 0x1200;
        eeprom[2] = 0x5634;
        fixEepromSum();
        phy[0] = 0x1140;
        phy[4] = 0x0DE1;
        phy[5] = 0x4DE1;
        values.put(Registers.PBA, 0x0010_0030);
        values.put(Registers.STATUS, Registers.STATUS_LU | 2 << Registers.STATUS_SPEED_SHIFT);
    }

    void fixEepromSum() {
        int sum = 0;
        for (int i = 0; i < 63; i++) {
            sum += eeprom[i];
        }
        eeprom[63] = 0xBABA - sum & 0xFFFF;
    }

    int get(int offset) {
        return values.getOrDefault(offset, 0);
    }

    void set(int offset, int value) {
        values.put(offset, value);
    }

    void cause(int bits) {
        causes |= bits;
    }

    boolean masked() {
        return mask == 0;
    }

    @Override
    public int read32(int offset) {
        int value = gone ? Registers.GONE : value(offset);
        trace.add("r " + name(offset));
        return value;
    }

    private int value(int offset) {
        return switch (offset) {
            case Registers.ICR -> {
                int now = causes;
                causes = 0;
                yield now;
            }
            case Registers.EERD -> eepromSilent ? 0 : eeprom[eerd] << 16 | 1 << 4;
            default -> offset >= 0x4000 && offset < 0x4100 ? clear(offset) : get(offset);
        };
    }

    private int clear(int offset) {
        Integer value = values.remove(offset);
        return value == null ? 0 : value;
    }

    @Override
    public void write32(int offset, int value) {
        trace.add("w " + name(offset) + " " + Integer.toHexString(value));
        if (gone) {
            return;
        }
        switch (offset) {
            case Registers.CTRL -> values.put(offset, resetHangs ? value : value & ~Registers.CTRL_RST);
            case Registers.EERD -> eerd = value >>> 8 & 63;
            case Registers.MDIC -> management(value);
            case Registers.IMS -> mask |= value;
            case Registers.IMC -> mask &= ~value;
            default -> values.put(offset, value);
        }
    }

    private void management(int command) {
        int register = command >>> 16 & 31;
        if (phySilent || (command >>> 21 & 31) != 1) {
            values.put(Registers.MDIC, command | 1 << 30);
        } else if ((command >>> 26 & 3) == 2) {
            values.put(Registers.MDIC, command & 0xFFFF_0000 | phy[register] | 1 << 28);
        } else {
            phy[register] = command & 0xFFFF;
            values.put(Registers.MDIC, command | 1 << 28);
        }
    }

    @Override
    public int size() {
        return 128 << 10;
    }

    private static String tableName(int offset) {
        return switch (offset & ~0x1FF) {
            case 0x5200 -> "MTA";
            case 0x5600 -> "VFTA";
            default -> Integer.toHexString(offset);
        };
    }

    static String name(int offset) {
        return switch (offset) {
            case 0x0000 -> "CTRL";
            case 0x0008 -> "STATUS";
            case 0x0014 -> "EERD";
            case 0x0020 -> "MDIC";
            case 0x0028 -> "FCAL";
            case 0x002C -> "FCAH";
            case 0x0030 -> "FCT";
            case 0x0170 -> "FCTTV";
            case 0x2160 -> "FCRTL";
            case 0x2168 -> "FCRTH";
            case 0x1000 -> "PBA";
            case 0x0038 -> "VET";
            case 0x00C0 -> "ICR";
            case 0x00C4 -> "ITR";
            case 0x00D0 -> "IMS";
            case 0x00D8 -> "IMC";
            case 0x0100 -> "RCTL";
            case 0x0400 -> "TCTL";
            case 0x0410 -> "TIPG";
            case 0x2800 -> "RDBAL";
            case 0x2804 -> "RDBAH";
            case 0x2808 -> "RDLEN";
            case 0x2810 -> "RDH";
            case 0x2818 -> "RDT";
            case 0x2820 -> "RDTR";
            case 0x282C -> "RADV";
            case 0x3800 -> "TDBAL";
            case 0x3804 -> "TDBAH";
            case 0x3808 -> "TDLEN";
            case 0x3810 -> "TDH";
            case 0x3818 -> "TDT";
            case 0x3820 -> "TIDV";
            case 0x382C -> "TADV";
            case 0x5000 -> "RXCSUM";
            case 0x5400 -> "RAL0";
            case 0x5404 -> "RAH0";
            default -> tableName(offset);
        };
    }
}
