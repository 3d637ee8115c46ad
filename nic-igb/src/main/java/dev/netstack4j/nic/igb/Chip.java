package dev.netstack4j.nic.igb;

import static dev.netstack4j.nic.igb.Registers.*;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.link.EtherType;

/// The device as a whole: reset, link, filters of the MAC, the two units and their queues. Process context.
final class Chip {
    private static final int MOST_POLLS = 10_000;
    private static final int CTRL_PAUSE = CTRL_RFCE | CTRL_TFCE;

    /// 01:80:c2:00:00:01 in the byte order of the registers.
    private static final int PAUSE_GROUP_LOW = 0x00C2_8001;
    private static final int PAUSE_GROUP_HIGH = 0x0100;
    private static final int PAUSE_ETHER_TYPE = 0x8808;
    /// In units of 512 bit times; XON ends a pause earlier.
    private static final int PAUSE_TIME = 0xFFFF;
    /// XOFF is repeated when half of that is over.
    private static final int PAUSE_REFRESH = 0x7FFF;

    private final IoMemory registers;
    private final InterruptRegisters interrupts;

    Chip(IoMemory registers) {
        this.registers = registers;
        this.interrupts = new InterruptRegisters(registers);
    }

    IoMemory registers() {
        return registers;
    }

    InterruptRegisters interrupts() {
        return interrupts;
    }

    /// STATUS as it stands; GONE when the device was unplugged: every register reads as all ones. Any context.
    int status() {
        return registers.read32(STATUS);
    }

    boolean isGone() {
        return status() == GONE;
    }

    // ---- reset and link

    /// Stops both units and resets the device; afterwards it does no DMA and interrupts nobody.
    ///
    /// @throws NetException ENODEV when it is gone, EIO when the reset does not end
    void reset() throws NetException {
        halt();
        registers.write32(CTRL, registers.read32(CTRL) | CTRL_RST);
        for (int polls = 0; polls < MOST_POLLS; polls++) {
            int ctrl = registers.read32(CTRL);
            if (ctrl == GONE) {
                throw new NetException(Errno.ENODEV, "reset the device, which is gone");
            }
            if ((ctrl & CTRL_RST) == 0) {
                interrupts.maskAll();
                registers.read32(ICR);
                return;
            }
        }
        throw new NetException(Errno.EIO, "reset the device, which does not come back");
    }

    /// Stops both units without a reset. The read at the end makes sure that the writes have arrived.
    void halt() {
        interrupts.maskAll();
        registers.write32(RCTL, 0);
        registers.write32(TCTL, 0);
        registers.read32(STATUS);
    }

    /// Sets the link up with what the PHY negotiates; pauses are off until both ends have agreed on them.
    void startLink(boolean vlanTags) {
        int ctrl = registers.read32(CTRL) & ~(CTRL_LRST | CTRL_PHY_RST | CTRL_RST | CTRL_VME | CTRL_PAUSE);
        registers.write32(CTRL, ctrl | CTRL_SLU | (vlanTags ? CTRL_VME : 0));
        registers.write32(VET, EtherType.VLAN | EtherType.VLAN << 16);
    }

    /// Whether tags are taken out of received frames.
    void stripTags(boolean on) {
        change(CTRL_VME, on ? CTRL_VME : 0);
    }

    /// Whether pause frames are obeyed, and sent.
    void pause(boolean receive, boolean send) {
        change(CTRL_PAUSE, (receive ? CTRL_RFCE : 0) | (send ? CTRL_TFCE : 0));
    }

    /// Bits that command something once stay clear.
    private void change(int mask, int bits) {
        int ctrl = registers.read32(CTRL);
        if (ctrl != GONE) {
            registers.write32(CTRL, ctrl & ~(mask | CTRL_PHY_RST | CTRL_RST) | bits);
        }
    }

    /// Tells management firmware that a driver is there, or has gone.
    void loaded(boolean there) {
        int value = registers.read32(CTRL_EXT);
        if (value != GONE) {
            registers.write32(CTRL_EXT, there ? value | CTRL_EXT_DRV_LOAD : value & ~CTRL_EXT_DRV_LOAD);
        }
    }

    /// What pause frames look like, and when they are sent: XOFF when the receive buffer is half full, which leaves
    /// room for what is under way, XON at a quarter.
    void prepareFlowControl() {
        registers.write32(FCAL, PAUSE_GROUP_LOW);
        registers.write32(FCAH, PAUSE_GROUP_HIGH);
        registers.write32(FCT, PAUSE_ETHER_TYPE);
        registers.write32(FCTTV, PAUSE_TIME);
        registers.write32(FCRTV, PAUSE_REFRESH);
        int receiveBuffer = (registers.read32(RXPBS) & RXPBS_MASK) << 10;
        registers.write32(FCRTL, receiveBuffer / 4 & ~15 | FCRTL_XONE);
        registers.write32(FCRTH, receiveBuffer / 2 & ~15);
    }

    boolean isLinkUp() {
        int status = registers.read32(STATUS);
        return status != GONE && (status & STATUS_LU) != 0;
    }

    /// Negotiated speed, 0 without a link.
    int speedMbps() {
        int status = registers.read32(STATUS);
        if (status == GONE || (status & STATUS_LU) == 0) {
            return 0;
        }
        return switch (status >>> STATUS_SPEED_SHIFT & STATUS_SPEED_MASK) {
            case 0 -> 10;
            case 1 -> 100;
            default -> 1000;
        };
    }

    void stationAddress(MacAddress mac) {
        long bits = Long.reverseBytes(mac.bits()) >>> 16;
        registers.write32(RAL0, (int) bits);
        registers.write32(RAH0, (int) (bits >>> 32) | RAH_AV);
    }

    // ---- units

    void startTransmit() {
        registers.write32(TCTL, TCTL_EN | TCTL_PSP | TCTL_COPPER);
    }

    void receiveControl(int value) {
        registers.write32(RCTL, value);
    }

    /// Longest frame with its check sequence and a tag, when long packets are enabled.
    void longestFrame(int bytes) {
        registers.write32(RLPML, bytes);
    }

    void receiveChecksums(boolean on) {
        registers.write32(RXCSUM, RXCSUM_PCSD | (on ? RXCSUM_IPOFL | RXCSUM_TUOFL : 0));
    }

    /// Starts a transmit queue on an empty ring.
    void startTransmitQueue(int queue, DescriptorRing ring) throws NetException {
        registers.write32(tx(queue, TXDCTL), 0);
        registers.write32(tx(queue, TDBAL), (int) ring.address());
        registers.write32(tx(queue, TDBAH), (int) (ring.address() >>> 32));
        registers.write32(tx(queue, TDLEN), ring.bytes());
        registers.write32(tx(queue, TDH), 0);
        registers.write32(tx(queue, TDT), 0);
        enable(tx(queue, TXDCTL));
    }

    /// Starts a receive queue on an empty ring.
    ///
    /// @param drop whether a frame is dropped when this queue has no buffer, so that it does not hold up the others
    void startReceiveQueue(int queue, DescriptorRing ring, boolean drop) throws NetException {
        registers.write32(rx(queue, RXDCTL), 0);
        registers.write32(rx(queue, RDBAL), (int) ring.address());
        registers.write32(rx(queue, RDBAH), (int) (ring.address() >>> 32));
        registers.write32(rx(queue, RDLEN), ring.bytes());
        registers.write32(rx(queue, SRRCTL), RxRing.BUFFER >> 10 | SRRCTL_ADVANCED | (drop ? SRRCTL_DROP_EN : 0));
        registers.write32(rx(queue, RDH), 0);
        registers.write32(rx(queue, RDT), 0);
        enable(rx(queue, RXDCTL));
    }

    private void enable(int control) throws NetException {
        registers.write32(control, QUEUE_ENABLE);
        for (int polls = 0; polls < MOST_POLLS; polls++) {
            int value = registers.read32(control);
            if (value == GONE) {
                throw new NetException(Errno.ENODEV, "enable a queue of a device that is gone");
            }
            if ((value & QUEUE_ENABLE) != 0) {
                return;
            }
        }
        throw new NetException(Errno.EIO, "enable a queue, which stays off");
    }
}
