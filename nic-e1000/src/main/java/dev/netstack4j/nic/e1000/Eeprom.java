package dev.netstack4j.nic.e1000;

import static dev.netstack4j.nic.e1000.Registers.EERD;
import static dev.netstack4j.nic.e1000.Registers.EERD_ADDR_SHIFT;
import static dev.netstack4j.nic.e1000.Registers.EERD_DATA_SHIFT;
import static dev.netstack4j.nic.e1000.Registers.EERD_DONE;
import static dev.netstack4j.nic.e1000.Registers.EERD_START;
import static dev.netstack4j.nic.e1000.Registers.GONE;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;

/// The device's EEPROM, read whole: 64 words, whose sum is fixed (manual, 5.6).
final class Eeprom {
    private static final int WORDS = 64;
    private static final int SUM = 0xBABA;
    private static final int MOST_POLLS = 10_000;

    private final int[] words = new int[WORDS];

    private Eeprom() {}

    /// Reads it and checks its sum. Process context.
    ///
    /// @throws NetException EIO when it does not answer, or holds a wrong sum or no station address
    static Eeprom read(IoMemory registers) throws NetException {
        Eeprom eeprom = new Eeprom();
        int sum = 0;
        for (int i = 0; i < WORDS; i++) {
            eeprom.words[i] = readWord(registers, i);
            sum += eeprom.words[i];
        }
        if ((sum & 0xFFFF) != SUM) {
            throw new NetException(
                    Errno.EIO,
                    "read the EEPROM, whose words add up to 0x" + Integer.toHexString(sum & 0xFFFF)
                            + " instead of 0xbaba");
        }
        if (!eeprom.macAddress().isValidStation()) {
            throw new NetException(
                    Errno.EIO, "take the station address from the EEPROM, which says " + eeprom.macAddress());
        }
        return eeprom;
    }

    private static int readWord(IoMemory registers, int index) throws NetException {
        registers.write32(EERD, index << EERD_ADDR_SHIFT | EERD_START);
        for (int polls = 0; polls < MOST_POLLS; polls++) {
            int value = registers.read32(EERD);
            if (value == GONE) {
                break;
            }
            if ((value & EERD_DONE) != 0) {
                return value >>> EERD_DATA_SHIFT;
            }
        }
        throw new NetException(Errno.EIO, "read word " + index + " of the EEPROM, which does not answer");
    }

    /// The station address: words 0 to 2, the first octet in the low byte.
    MacAddress macAddress() {
        long bits = 0;
        for (int i = 0; i < 3; i++) {
            bits = bits << 16 | (words[i] & 0xFF) << 8 | words[i] >>> 8;
        }
        return MacAddress.of(bits);
    }
}
