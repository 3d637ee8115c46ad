package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.address.MacAddress;

/// The serial EEPROM: 64 words, read through EERD. Bit-banging through EECD and writing are not modelled.
final class Eeprom {
    private static final int WORDS = 64;
    private static final int CHECKSUM = 0xBABA;

    private final int[] words = new int[WORDS];

    /// @param good whether the sum of all words is what drivers expect
    Eeprom(MacAddress mac, boolean good) {
        for (int w = 0; w < 3; w++) {
            // The first byte on the wire is the low byte of word 0.
            int pair = (int) (mac.bits() >>> 32 - 16 * w) & 0xFFFF;
            words[w] = pair >>> 8 | pair << 8 & 0xFF00;
        }
        words[0x08] = 0xA770; // board number A77018-001
        words[0x09] = 0x1801;
        words[0x0A] = 0x640A; // initialization control 1: ids below are valid
        words[0x0B] = Chip82540em.SUBSYSTEM;
        words[0x0C] = Chip82540em.INTEL;
        words[0x0D] = Chip82540em.DEVICE;
        words[0x0E] = Chip82540em.INTEL;
        words[0x0F] = 0x3040; // initialization control 2
        int sum = 0;
        for (int w = 0; w < WORDS - 1; w++) {
            sum += words[w];
        }
        words[WORDS - 1] = CHECKSUM - sum + (good ? 0 : 1) & 0xFFFF;
    }

    /// What EERD reads after `command` was written to it: the word is there at once.
    int access(int command) {
        if ((command & Reg.EERD_START) == 0) {
            return command & 0xFF00;
        }
        int address = command >>> 8 & 0xFF;
        int word = address < WORDS ? words[address] : 0xFFFF;
        return word << 16 | address << 8 | Reg.EERD_DONE;
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
