package dev.netstack4j.nic.igb;

import static dev.netstack4j.nic.igb.Registers.*;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;

/// What the driver takes from the device's EEPROM: the station address, after a look at the sum of the first 64 words.
final class Eeprom {
    private static final int WORDS = 64;
    private static final int SUM = 0xBABA;
    private static final int MOST_POLLS = 10_000;

    private Eeprom() {}

    /// Process context.
    ///
    /// @throws NetException EIO when it does not answer, or holds a wrong sum or no station address
    static MacAddress stationAddress(IoMemory registers) throws NetException {
        long bits = 0;
        int sum = 0;
        for (int i = 0; i < WORDS; i++) {
            int word = read(registers, i);
            sum += word;
            bits = i < 3 ? bits << 16 | (word & 0xFF) << 8 | word >>> 8 : bits;
        }
        if ((sum & 0xFFFF) != SUM) {
            throw new NetException(
                    Errno.EIO,
                    "read the EEPROM, whose words add up to 0x" + Integer.toHexString(sum & 0xFFFF)
                            + " instead of 0xbaba");
        }
        MacAddress mac = MacAddress.of(bits);
        if (!mac.isValidStation()) {
            throw new NetException(Errno.EIO, "take the station address from the EEPROM, which says " + mac);
        }
        return mac;
    }

    private static int read(IoMemory registers, int index) throws NetException {
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
}
