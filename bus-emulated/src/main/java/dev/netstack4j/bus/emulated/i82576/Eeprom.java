package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.address.MacAddress;

/// The serial EEPROM as EERD reads it: 64 words whose sum is fixed. Writing and bit-banging are not modelled.
final class Eeprom {
    private static final int WORDS = 64;
    private static final int CHECKSUM = 0xBABA;

    private final int[] words = new int[WORDS];

    /// @param good whether the sum of all words is what drivers expect
    Eeprom(MacAddress mac, boolean good) {
        for (int w = 0; w < 3; w++) {
            int pair = (int) (mac.bits() >>> 32 - 16 * w) & 0xFFFF;
            words[w] = pair >>> 8 | pair << 8 & 0xFF00; // the first byte on the wire is the low one
        }
        words[0x0B] = Chip82576.SUBSYSTEM;
        words[0x0C] = Chip82576.INTEL;
        words[0x0D] = Chip82576.DEVICE;
        words[0x0E] = Chip82576.INTEL;
        int sum = 0;
        for (int w = 0; w < WORDS - 1; w++) {
            sum += words[w];
        }
        words[WORDS - 1] = CHECKSUM - sum + (good ? 0 : 1) & 0xFFFF;
    }

    /// What EERD reads after `command` was written to it: data 31..16, address 15..2, done, start.
    int access(int command) {
        if ((command & Reg.EERD_START) == 0) {
            return command & 0xFFFC;
        }
        int address = command >>> 2 & 0x3FFF;
        int word = address < WORDS ? words[address] : 0xFFFF;
        return word << 16 | address << 2 | Reg.EERD_DONE;
    }

    /// RAL as it is loaded at reset.
    int addressLow() {
        return words[1] << 16 | words[0];
    }

    /// RAH as it is loaded at reset.
    int addressHigh() {
        return Reg.RAH_AV | words[2];
    }
}
