package dev.netstack4j.bus.emulated.bench;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import java.util.List;

/// An 82540EM as a test programs it: offsets and bits are written here as numbers from the data sheet, so that a slip
/// in the chip's own table shows.
public final class Card {
    public static final int TX_RING = 0x10_0000;
    public static final int RX_RING = 0x12_0000;
    public static final int TX_DATA = 0x20_0000;
    public static final int RX_DATA = 0x30_0000;
    public static final int EOP = 1 << 24;
    public static final int IFCS = 1 << 25;
    public static final int RS = 1 << 27;
    public static final int DEXT = 1 << 29;
    public static final int VLE = 1 << 30;
    public static final int IDE = 1 << 31;
    /// EN, BAM, SECRC: 2048-byte buffers.
    public static final int RCTL = 0x0400_8002;

    public final Host host;
    public final PciDevice device;
    public final IoMemory io;
    public final IrqVectors vectors;
    private int txCount;
    private int rxCount;
    private int bufferBytes = 2048;
    private int txTail;
    private int rxTail;
    private int rxNext;
    private long txData = TX_DATA;

    public Card(Host host, PciDevice device, List<IrqKind> kinds) throws NetException {
        this.host = host;
        this.device = device;
        device.enable();
        io = device.mapBar(0);
        vectors = device.allocIrqVectors(1, 1, kinds);
    }

    /// On a test wire, with one interrupt, link up.
    public static Card on(Host host, TestWire wire, String... options) throws NetException {
        Card c = new Card(host, host.plug(wire, options), List.of(IrqKind.INTX));
        c.linkUp();
        return c;
    }

    /// CTRL.SLU, and the link change acknowledged.
    public void linkUp() {
        w(0x0000, r(0x0000) | 1 << 6);
        host.engines.settle();
        r(0xC0);
    }

    public int r(int offset) {
        return io.read32(offset);
    }

    public void w(int offset, int value) {
        io.write32(offset, value);
    }

    public void settle() {
        host.engines.settle();
    }

    // Transmit

    public Card transmitRing(int count) {
        txCount = count;
        txTail = 0;
        w(0x3800, TX_RING);
        w(0x3804, 0);
        w(0x3808, count * 16);
        w(0x3810, 0);
        w(0x3818, 0);
        w(0x0400, 0x0004_00FA);
        return this;
    }

    /// Puts bytes where the card can read them.
    public long data(byte[] bytes) {
        if (txData + bytes.length > RX_DATA) {
            txData = TX_DATA;
        }
        long at = txData;
        host.memory().write(at, bytes, 0, bytes.length);
        txData += bytes.length + 64 & ~63;
        return at;
    }

    /// Writes a descriptor, without the doorbell.
    ///
    /// @return its index
    public int descriptor(long low, int dword2, int dword3) {
        long at = TX_RING + 16L * txTail;
        host.memory().put64Le(at, low);
        host.memory().put64Le(at + 8, dword2 & 0xFFFF_FFFFL | (long) dword3 << 32);
        int index = txTail;
        txTail = (txTail + 1) % txCount;
        return index;
    }

    /// A legacy descriptor of a whole frame that reports.
    public int legacy(byte[] frame) {
        return descriptor(data(frame), frame.length | EOP | IFCS | RS, 0);
    }

    /// A context descriptor.
    ///
    /// @param command TCP 1, IP 2, TSE 4, RS 8
    public int context(
            int ipcss, int ipcso, int ipcse, int tucss, int tucso, int command, int payload, int header, int mss) {
        long low = ipcss | ipcso << 8 | (long) ipcse << 16 | (long) tucss << 32 | (long) tucso << 40;
        return descriptor(low, payload | command << 24 | DEXT, header << 8 | mss << 16);
    }

    /// An extended data descriptor.
    ///
    /// @param options POPTS: IXSM 1, TXSM 2
    public int extended(byte[] part, int command, int options) {
        return descriptor(data(part), part.length | 1 << 20 | command | DEXT, options << 8);
    }

    public void doorbell() {
        w(0x3818, txTail);
    }

    public void send() {
        doorbell();
        settle();
    }

    public boolean sent(int index) {
        return (host.memory().get64LeAcquire(TX_RING + 16L * index + 8) >>> 32 & 1) != 0;
    }

    // Receive

    /// A ring with all buffers but one posted.
    public Card receiveRing(int count, int rctl) {
        return receiveRing(count, rctl, 2048, count - 1);
    }

    public Card receiveRing(int count, int rctl, int bytes, int posted) {
        rxCount = count;
        rxNext = 0;
        bufferBytes = bytes;
        for (int i = 0; i < count; i++) {
            host.memory().put64Le(RX_RING + 16L * i, RX_DATA + (long) i * bytes);
            host.memory().put64Le(RX_RING + 16L * i + 8, 0);
        }
        w(0x2800, RX_RING);
        w(0x2804, 0);
        w(0x2808, count * 16);
        w(0x2810, 0);
        rxTail = posted;
        w(0x2818, posted);
        w(0x0100, rctl);
        return this;
    }

    /// A receive descriptor after write-back.
    public record Received(int length, int checksum, int status, int errors, int special, byte[] bytes) {
        public boolean has(int statusBits) {
            return (status & statusBits) == statusBits;
        }
    }

    /// Descriptor `index` as it stands.
    public Received at(int index) {
        long w = host.memory().get64LeAcquire(RX_RING + 16L * index + 8);
        byte[] bytes = new byte[(int) w & 0xFFFF];
        host.memory().read(RX_DATA + (long) index * bufferBytes, bytes, 0, bytes.length);
        return new Received(
                bytes.length,
                (int) (w >>> 16) & 0xFFFF,
                (int) (w >>> 32) & 0xFF,
                (int) (w >>> 40) & 0xFF,
                (int) (w >>> 48),
                bytes);
    }

    /// Takes the next descriptor if it is done, as a driver would; does not give it back.
    public Received next() {
        Received r = at(rxNext);
        if (!r.has(1)) {
            throw new AssertionError("receive descriptor " + rxNext + " is not done");
        }
        host.memory().put64Le(RX_RING + 16L * rxNext + 8, 0);
        rxNext = (rxNext + 1) % rxCount;
        return r;
    }

    public boolean hasNext() {
        return at(rxNext).has(1);
    }

    /// Posts more buffers.
    public void post(int count) {
        rxTail = (rxTail + count) % rxCount;
        w(0x2818, rxTail);
    }
}
