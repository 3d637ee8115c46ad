package dev.netstack4j.bus.qemu.qtest;

import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The registers of one QEMU. Writes are posted: sent, and not waited for, at most [#WINDOW] at a time. A read waits
/// for its answer, which comes after those of all earlier writes. Any thread.
///
/// Answers come in the order of the commands and are read by the thread of [SocketThread]. Who reads a register waits
/// for a lock that the reading thread gives back.
public final class Registers implements SocketThread.Reader {
    /// Most commands without an answer: so few that both sockets always have room.
    static final int WINDOW = 32;

    private static final System.Logger LOG = System.getLogger(Registers.class.getName());
    private static final int KINDS = 256; // a power of two above all windows
    private static final byte POSTED = 0;
    private static final byte AWAITED = 1;
    private static final byte FOR_LISTENER = 2;
    private static final int GONE = -1;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 12);
    private final ReplyReader replies = new ReplyReader(new Answers());
    /// One read at a time.
    private final SpinLock asking;
    /// Held from a read's command to its answer.
    private final SpinLock answer;
    /// Guards command, kinds, sent, awaited, gone.
    private final SpinLock sending;

    private final Command command = new Command();
    private final byte[] kinds = new byte[KINDS];
    private int sent;
    private boolean awaited;
    private volatile boolean gone;
    /// Written by the reading thread.
    private volatile int answered;

    private volatile long value;
    private volatile @Nullable Listener listener;

    /// Who is told of interrupts, and of answers to [#askLater]. The reading thread: it must not read registers.
    public interface Listener {
        /// A pin of the interrupt controller changed.
        void pin(int number, boolean high);

        /// The answer to [Registers#askLater].
        void answer(int value);

        /// QEMU has ended.
        void gone();
    }

    /// @param channel connected, not blocking
    public Registers(SocketChannel channel, Sync sync) {
        this.channel = channel;
        asking = sync.spinLock("qemu read");
        answer = sync.spinLock("qemu answer");
        sending = sync.spinLock("qemu send");
        answer.lock();
    }

    /// Sets who is told.
    public void listener(Listener to) {
        listener = to;
    }

    /// Reads a register; all ones when QEMU has ended.
    public int read(Width width, long address) {
        return ask(width, address, "");
    }

    /// Carries out a command of one line and waits until it is done.
    public void run(String line) {
        ask(Width.LONG, 0, line);
    }

    private int ask(Width width, long address, String line) {
        asking.lock();
        try {
            sending.lock();
            try {
                if (gone) {
                    return GONE;
                }
                awaited = true;
                send(AWAITED, line.isEmpty() ? command.read(width, address) : command.text(line));
            } finally {
                sending.unlock();
            }
            answer.lock(); // given back by whoever has the answer
            return (int) value;
        } finally {
            asking.unlock();
        }
    }

    /// Writes a register.
    public void write(Width width, long address, int to) {
        if (sent - answered >= WINDOW) {
            read(Width.BYTE, 0); // comes back when nothing is under way
        }
        post(width, address, to);
    }

    /// Writes a register, whatever is under way. For the reading thread, which cannot wait.
    public void post(Width width, long address, int to) {
        sending.lock();
        try {
            send(POSTED, command.write(width, address, to));
        } finally {
            sending.unlock();
        }
    }

    /// Reads a register; the listener gets the answer.
    public void askLater(Width width, long address) {
        sending.lock();
        try {
            send(FOR_LISTENER, command.read(width, address));
        } finally {
            sending.unlock();
        }
    }

    private void send(byte kind, ByteBuffer bytes) {
        kinds[sent & KINDS - 1] = kind;
        sent++;
        try {
            while (bytes.hasRemaining() && !gone) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            end();
        }
    }

    /// QEMU has ended: who waits gets all ones. Sending is locked.
    private void end() {
        gone = true;
        if (awaited) {
            awaited = false;
            value = GONE;
            answer.unlock();
        }
    }

    /// Whether QEMU has ended.
    public boolean isGone() {
        return gone;
    }

    // The reading thread

    @Override
    public boolean ready() {
        try {
            int n;
            while ((n = channel.read(input)) > 0) {
                replies.take(input.flip());
                input.clear();
            }
            if (n == 0) {
                return true;
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "QEMU is gone", e);
        }
        ended();
        return false;
    }

    /// Takes QEMU for ended, whether it has or is about to be. Any thread.
    public void ended() {
        sending.lock();
        try {
            end();
        } finally {
            sending.unlock();
        }
        Listener l = listener;
        if (l != null) {
            l.gone();
        }
    }

    private final class Answers implements ReplyReader.Sink {
        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        public void answered(long given) {
            byte kind = kinds[answered & KINDS - 1];
            answered++;
            if (kind == AWAITED) {
                deliver(given);
            } else if (kind == FOR_LISTENER) {
                Listener l = listener;
                if (l != null) {
                    l.answer((int) given);
                }
            }
        }

        private void deliver(long given) {
            sending.lock();
            try {
                if (awaited) {
                    awaited = false;
                    value = given;
                    answer.unlock();
                }
            } finally {
                sending.unlock();
            }
        }

        @Override
        public void refused(String why) {
            LOG.log(System.Logger.Level.WARNING, "QEMU refuses a register access: {0}", why);
            answered(GONE);
        }

        @Override
        public void pin(int number, boolean high) {
            Listener l = listener;
            if (l != null) {
                l.pin(number, high);
            }
        }
    }
}
