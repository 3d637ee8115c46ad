package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.hardware.PciDevice;

/// Transfers of the device that the bus has aborted, as the PCI status register tells: received target abort, received
/// master abort, detected parity error. Process context under the control lock.
final class PciErrors {
    private static final int COMMAND_AND_STATUS = 0x04;
    private static final int COMMAND = 0xFFFF;
    private static final int ERRORS = 1 << 28 | 1 << 29 | 1 << 31;

    private final PciDevice pdev;
    private long found;

    PciErrors(PciDevice pdev) {
        this.pdev = pdev;
    }

    /// How often there were errors when somebody asked. Writing a bit clears it.
    long collect() {
        int value = pdev.configRead32(COMMAND_AND_STATUS);
        int errors = value == Registers.GONE ? 0 : value & ERRORS;
        if (errors != 0) {
            found++;
            pdev.configWrite32(COMMAND_AND_STATUS, value & COMMAND | errors);
        }
        return found;
    }
}
