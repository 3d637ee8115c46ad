package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.TestWire;
import java.util.List;

/// An 82576 as a test programs it: offsets and bits are written here as numbers from the data sheet, so that a slip in
/// the chip's own table shows.
final class Board {
    static final int EOP = 1 << 24;
    static final int IFCS = 1 << 25;
    static final int RS = 1 << 27;
    static final int DEXT = 1 << 29;
    static final int VLE = 1 << 30;
    static final int TSE = 1 << 31;
    static final int DATA = 3 << 20 | DEXT | IFCS;
    private static final int TX_RING = 0x10_0000;
    private static final int RX_RING = 0x12_0000;
    private static final int TX_DATA = 0x20_0000;
    private static final int RX_DATA = 0x30_0000;
    private static final int QUEUE_ENABLE = 1 << 25;
    private static final int COUNT = 64;

    final Host host = new Host();
    final TestWire wire = new TestWire();
    final PciDevice device;
    final IoMemory io;
    final IrqVectors vectors;
    private final int[] txTail = new int[16];
    private int bufferBytes = 2048;
    private long txData = TX_DATA;

    Board(IrqKind kind) throws NetException {
        device = host.plugModel("82576", wire, "mac", Bytes.MAC);
        device.enable();
        io = device.mapBar(0);
        vectors = device.allocIrqVectors(1, 10, List.of(kind));
        w(0x0000, r(0x0000) | 1 << 6);
        settle();
        r(0xC0);
    }

    int r(int offset) {
        return io.read32(offset);
    }

    void w(int offset, int value) {
        io.write32(offset, value);
    }

    void settle() {
        host.engines.settle();
    }

    /// Messages of a vector so far.
    int messages(int vector) {
        return host.irq("msix" + vector).raised;
    }

    // ---- transmit

    Board transmitQueue(int q) {
        w(0xE000 + 64 * q, TX_RING + q * 0x1000);
        w(0xE008 + 64 * q, COUNT * 16);
        w(0xE028 + 64 * q, QUEUE_ENABLE);
        w(0x0400, 0x0004_00FA);
        return this;
    }

    long data(byte[] bytes) {
        long at = txData;
        host.memory().write(at, bytes, 0, bytes.length);
        txData += bytes.length + 64 & ~63;
        return at;
    }

    /// Writes a descriptor, without the doorbell.
    ///
    /// @return its address
    long descriptor(int q, long low, int dword2, int dword3) {
        long at = TX_RING + q * 0x1000L + 16L * txTail[q];
        host.memory().put64Le(at, low);
        host.memory().put64Le(at + 8, dword2 & 0xFFFF_FFFFL | (long) dword3 << 32);
        txTail[q] = (txTail[q] + 1) % COUNT;
        return at;
    }

    void context(int q, int index, int mac, int ip, int kind, int transport, int mss, int vlan) {
        descriptor(
                q, (long) vlan << 16 | mac << 9 | ip, 2 << 20 | DEXT | kind, index << 4 | transport << 8 | mss << 16);
    }

    /// An advanced data descriptor of a whole packet.
    long packet(int q, byte[] bytes, int command, int options, int index) {
        return descriptor(
                q,
                data(bytes),
                bytes.length | DATA | EOP | RS | command,
                bytes.length << 14 | options << 8 | index << 4);
    }

    void send(int q) {
        w(0xE018 + 64 * q, txTail[q]);
        settle();
    }

    boolean done(long descriptor) {
        return (host.memory().get64LeAcquire(descriptor + 8) >>> 32 & 1) != 0;
    }

    // ---- receive

    /// A ring of 64 with so many buffers posted, and the receiver on.
    ///
    /// @param control SRRCTL
    Board receiveQueue(int q, int posted, int control) {
        bufferBytes = Math.max(1, control & 0x7F) << 10;
        for (int i = 0; i < COUNT; i++) {
            long at = RX_RING + q * 0x1000L + 16L * i;
            host.memory().put64Le(at, RX_DATA + q * 0x4_0000L + (long) i * bufferBytes);
            host.memory().put64Le(at + 8, 0);
        }
        w(0xC000 + 64 * q, RX_RING + q * 0x1000);
        w(0xC008 + 64 * q, COUNT * 16);
        w(0xC00C + 64 * q, control);
        w(0xC028 + 64 * q, QUEUE_ENABLE);
        w(0xC018 + 64 * q, posted);
        return this;
    }

    void receiver(int more) {
        w(0x0100, 0x0400_8002 | more);
    }

    long word(int q, int index, int which) {
        return host.memory().get64LeAcquire(RX_RING + q * 0x1000L + 16L * index + 8 * which);
    }

    boolean received(int q, int index) {
        return (word(q, index, 1) & 1) != 0;
    }

    byte[] bytes(int q, int index) {
        byte[] b = new byte[(int) (word(q, index, 1) >>> 32) & 0xFFFF];
        host.memory().read(RX_DATA + q * 0x4_0000L + (long) index * bufferBytes, b, 0, b.length);
        return b;
    }
}
