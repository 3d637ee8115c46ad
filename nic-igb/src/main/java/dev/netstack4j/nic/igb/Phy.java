package dev.netstack4j.nic.igb;

import static dev.netstack4j.nic.igb.Registers.*;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;

/// The PHY behind MDIC. Process context.
final class Phy {
    private static final int ADDRESS = 1;
    private static final int CONTROL = 0;
    /// Negotiate, and begin now.
    private static final int CONTROL_RESTART = 0x1200;

    private static final int MOST_POLLS = 10_000;

    private final IoMemory registers;

    Phy(IoMemory registers) {
        this.registers = registers;
    }

    /// Begins the negotiation of the link anew; LSC tells of its end.
    ///
    /// @throws NetException EIO when the PHY does not answer
    void restartNegotiation() throws NetException {
        write(CONTROL, CONTROL_RESTART);
    }

    /// A register's value.
    ///
    /// @throws NetException EIO when the PHY does not answer
    int read(int register) throws NetException {
        return access(MDIC_READ | ADDRESS << MDIC_PHY_SHIFT | register << MDIC_REGISTER_SHIFT) & 0xFFFF;
    }

    /// Sets a register.
    ///
    /// @throws NetException EIO when the PHY does not answer
    void write(int register, int value) throws NetException {
        access(MDIC_WRITE | ADDRESS << MDIC_PHY_SHIFT | register << MDIC_REGISTER_SHIFT | value);
    }

    private int access(int command) throws NetException {
        registers.write32(MDIC, command);
        for (int polls = 0; polls < MOST_POLLS; polls++) {
            int value = registers.read32(MDIC);
            if (value == GONE || (value & MDIC_ERROR) != 0) {
                break;
            }
            if ((value & MDIC_READY) != 0) {
                return value;
            }
        }
        throw new NetException(Errno.EIO, "reach the PHY, which does not answer");
    }
}
