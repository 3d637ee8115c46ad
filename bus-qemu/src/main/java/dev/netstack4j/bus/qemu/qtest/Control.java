package dev.netstack4j.bus.qemu.qtest;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.WaitQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// QEMU's control protocol QMP, as far as a bus needs it: the link of the device, and the reset of the machine.
public final class Control implements SocketThread.Reader {
    private static final System.Logger LOG = System.getLogger(Control.class.getName());
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final SocketChannel channel;
    private final Clock clock;
    private final SpinLock sending;
    private final WaitQueue waiting;
    private final ByteBuffer input = ByteBuffer.allocate(1 << 12);
    private final StringBuilder line = new StringBuilder();
    private int asked;
    private volatile int done;
    private volatile int resets;
    private volatile boolean gone;

    /// @param channel connected, not blocking
    public Control(SocketChannel channel, Sync sync, Clock clock) {
        this.channel = channel;
        this.clock = clock;
        sending = sync.spinLock("qemu control");
        waiting = sync.waitQueue("qemu control");
    }

    /// Agrees on the protocol; first. Process context.
    public void begin() throws NetException {
        await(send("{\"execute\":\"qmp_capabilities\"}"), "begin to control QEMU");
    }

    /// Tells the device that its cable was pulled out or put in, without waiting. Any thread.
    public int link(boolean up) {
        return send("{\"execute\":\"set_link\",\"arguments\":{\"name\":\"nic\",\"up\":" + up + "}}");
    }

    /// The same, and waits until the device knows. Process context.
    public void linkNow(boolean up) throws NetException {
        await(link(up), "set the link of the device in QEMU");
    }

    /// Resets the whole machine and waits until it was. Process context.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void reset() throws NetException {
        int before = resets;
        await(send("{\"execute\":\"system_reset\"}"), "reset the machine in QEMU");
        long deadline = clock.nanos() + PATIENCE_NANOS;
        while (resets == before) {
            pause("reset the machine in QEMU", deadline, before);
        }
    }

    private void pause(String attempted, long deadline, int resetsBefore) throws NetException {
        long ticket = waiting.ticket();
        if (resets == resetsBefore) {
            checkAlive(attempted, deadline);
            waiting.await(ticket, deadline);
        }
    }

    private void await(int number, String attempted) throws NetException {
        long deadline = clock.nanos() + PATIENCE_NANOS;
        while (true) {
            long ticket = waiting.ticket();
            if (done - number >= 0) {
                return;
            }
            checkAlive(attempted, deadline);
            waiting.await(ticket, deadline);
        }
    }

    private void checkAlive(String attempted, long deadline) throws NetException {
        if (gone || clock.nanos() >= deadline) {
            throw new NetException(gone ? Errno.ENODEV : Errno.ETIMEDOUT, attempted);
        }
    }

    private int send(String command) {
        ByteBuffer bytes = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII));
        sending.lock();
        try {
            asked++;
            while (bytes.hasRemaining() && !gone) {
                channel.write(bytes);
            }
            return asked;
        } catch (IOException e) {
            gone = true;
            return asked;
        } finally {
            sending.unlock();
        }
    }

    // The reading thread

    @Override
    public boolean ready() {
        try {
            int n;
            while ((n = channel.read(input)) > 0) {
                take();
            }
            if (n == 0) {
                return true;
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "QEMU is gone", e);
        }
        gone = true;
        waiting.wakeAll();
        return false;
    }

    private void take() {
        input.flip();
        while (input.hasRemaining()) {
            char c = (char) (input.get() & 0xFF);
            if (c == '\n') {
                lineDone(line.toString());
                line.setLength(0);
            } else {
                line.append(c);
            }
        }
        input.clear();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void lineDone(String said) {
        if (said.startsWith("{\"error\"")) {
            LOG.log(System.Logger.Level.WARNING, "QEMU refuses a control command: {0}", said);
        }
        if (said.startsWith("{\"error\"") || said.startsWith("{\"return\"")) {
            done++;
        } else if (said.contains("\"event\": \"RESET\"")) {
            resets++;
        }
        waiting.wakeAll();
    }
}
