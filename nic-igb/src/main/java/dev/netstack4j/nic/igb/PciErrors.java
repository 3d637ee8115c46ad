package dev.netstack4j.nic.igb;

import dev.netstack4j.api.hardware.PciDevice;

/// Transfers of the device that the bus has aborted, as its status register tells. Process context under the control
/// lock.
final class PciErrors {
    private static final int COMMAND_AND_STATUS = 0x04;
    private static final int COMMAND = 0xFFFF;
    /// Received target abort, received master abort, detected parity error: cleared by writing them.
    private static final int ERRORS = 1 << 28 | 1 << 29 | 1 << 31;

    private static final int GONE = -1;

    private final PciDevice pdev;
    private long seen;

    PciErrors(PciDevice pdev) {
        this.pdev = pdev;
    }

    /// How often errors were found.
    long collect() {
        int value = pdev.configRead32(COMMAND_AND_STATUS);
        if (value != GONE && (value & ERRORS) != 0) {
            seen++;
            pdev.configWrite32(COMMAND_AND_STATUS, value & COMMAND | value & ERRORS);
        }
        return seen;
    }
}
