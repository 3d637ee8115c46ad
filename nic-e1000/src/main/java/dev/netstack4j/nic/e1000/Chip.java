package dev.netstack4j.nic.e1000;

import static dev.netstack4j.nic.e1000.Registers.*;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.CoalesceParameters;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.link.EtherType;

/// The device as a whole: reset, link, interrupts, the two units. Process context, but for the interrupt methods and
/// the doorbells of the rings.
final class Chip {
    /// What the driver wants to be woken for.
    static final int WANTED_INTERRUPTS = INT_RXT0 | INT_RXO | INT_RXDMT0 | INT_LSC | INT_TXDW;

    private static final int MOST_POLLS = 10_000;
    private static final int ALL = -1;
    private static final int CTRL_OPTIONAL = CTRL_VME | CTRL_RFCE | CTRL_TFCE;

    /// 01:80:c2:00:00:01 in the byte order of the registers.
    private static final int PAUSE_GROUP_LOW = 0x00C2_8001;
    private static final int PAUSE_GROUP_HIGH = 0x0100;
    private static final int PAUSE_ETHER_TYPE = 0x8808;
    /// In units of 512 bit times; XON ends a pause earlier.
    private static final int PAUSE_TIME = 0xFFFF;

    private final IoMemory registers;

    Chip(IoMemory registers) {
        this.registers = registers;
    }

    IoMemory registers() {
        return registers;
    }

    /// Whether it was unplugged: every register reads as all ones.
    boolean isGone() {
        return registers.read32(STATUS) == GONE;
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
                maskInterrupts();
                registers.read32(ICR);
                return;
            }
        }
        throw new NetException(Errno.EIO, "reset the device, which does not come back");
    }

    /// Stops both units without a reset. The read at the end makes sure that the writes have arrived.
    void halt() {
        maskInterrupts();
        registers.write32(RCTL, 0);
        registers.write32(TCTL, 0);
        registers.read32(STATUS);
    }

    /// Sets the link up with what the PHY negotiates.
    void startLink(boolean vlanTags, boolean receivePause, boolean sendPause) {
        int ctrl = registers.read32(CTRL) & ~(CTRL_LRST | CTRL_ILOS | CTRL_PHY_RST | CTRL_RST | CTRL_OPTIONAL);
        int optional = (vlanTags ? CTRL_VME : 0) | (receivePause ? CTRL_RFCE : 0) | (sendPause ? CTRL_TFCE : 0);
        registers.write32(CTRL, ctrl | CTRL_SLU | CTRL_ASDE | optional);
        registers.write32(VET, EtherType.VLAN);
    }

    /// What pause frames look like, and when they are sent: XOFF when the receive buffer is two thirds full, which
    /// leaves room for what is under way, the longest frame included, XON at one third. The device does not repeat XOFF
    /// by itself: an end that stays above the low mark for the 33 ms of the longest pause may lose frames then. The
    /// split of the packet buffer, 48 KiB and 16 KiB, is that of the reset: the longest frame fits into either.
    void prepareFlowControl() {
        registers.write32(FCAL, PAUSE_GROUP_LOW);
        registers.write32(FCAH, PAUSE_GROUP_HIGH);
        registers.write32(FCT, PAUSE_ETHER_TYPE);
        registers.write32(FCTTV, PAUSE_TIME);
        int receiveBuffer = (registers.read32(PBA) & PBA_RX_MASK) << 10;
        registers.write32(FCRTL, receiveBuffer / 3 & ~7 | FCRTL_XONE);
        registers.write32(FCRTH, receiveBuffer / 3 * 2 & ~7);
    }

    boolean isLinkUp() {
        int status = registers.read32(STATUS);
        return status != GONE && (status & STATUS_LU) != 0;
    }

    /// Whether frames can leave: there is a link, and nobody pauses the device.
    boolean maySend() {
        int status = registers.read32(STATUS);
        return status != GONE && (status & (STATUS_LU | STATUS_TXOFF)) == STATUS_LU;
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

    // ---- interrupts

    /// Any context.
    void maskInterrupts() {
        registers.write32(IMC, ALL);
    }

    /// Any context.
    void unmaskInterrupts() {
        registers.write32(IMS, WANTED_INTERRUPTS);
    }

    /// What happened; reading clears it. 0 when nothing did, or the device is gone. Hardirq context.
    int takeInterruptCauses() {
        int causes = registers.read32(ICR);
        return causes == GONE ? 0 : causes;
    }

    /// When to interrupt, rounded up to the device's steps. The absolute timers come first, since the others start with
    /// the next packet.
    void coalesce(CoalesceParameters wanted) {
        registers.write32(ITR, steps(wanted.intervalNanos(), ITR_UNIT_NANOS));
        registers.write32(RADV, steps(wanted.rxLongestNanos(), DELAY_UNIT_NANOS));
        registers.write32(RDTR, steps(wanted.rxDelayNanos(), DELAY_UNIT_NANOS));
        registers.write32(TADV, steps(wanted.txLongestNanos(), DELAY_UNIT_NANOS));
        registers.write32(TIDV, steps(wanted.txDelayNanos(), DELAY_UNIT_NANOS));
    }

    private static int steps(long nanos, int unit) {
        return (int) ((nanos + unit - 1) / unit);
    }

    // ---- units

    /// Starts the transmit unit on an empty ring.
    void startTransmit(long ring, int bytes) {
        registers.write32(TDBAL, (int) ring);
        registers.write32(TDBAH, (int) (ring >>> 32));
        registers.write32(TDLEN, bytes);
        registers.write32(TDH, 0);
        registers.write32(TDT, 0);
        registers.write32(TIPG, TIPG_COPPER);
        registers.write32(TCTL, TCTL_EN | TCTL_PSP | TCTL_CT | TCTL_COLD);
    }

    /// Tells the receive unit where its ring is; [#receiveControl] starts it.
    void prepareReceive(long ring, int bytes, boolean checksums) {
        registers.write32(RDBAL, (int) ring);
        registers.write32(RDBAH, (int) (ring >>> 32));
        registers.write32(RDLEN, bytes);
        registers.write32(RDH, 0);
        registers.write32(RDT, 0);
        receiveChecksums(checksums);
    }

    void receiveChecksums(boolean on) {
        registers.write32(RXCSUM, on ? RXCSUM_IPOFL | RXCSUM_TUOFL : 0);
    }

    void receiveControl(int value) {
        registers.write32(RCTL, value);
    }
}
