package dev.netstack4j.cli.control.session;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Reply;
import dev.netstack4j.cli.control.message.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One request under way: what is asked, what will be answered, and how it can be interrupted. The lines for the client
/// pass through [#lines()], so that who computes them never waits for the client.
public final class Call {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.cli.control");

    private final Request request;
    private final Session session;
    private final int connection;
    private final @Nullable Object id;
    private final boolean notify;
    private final long time;
    private final Reply reply = new Reply();
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final List<Descriptor> used = new ArrayList<>();
    private @Nullable AppThread thread; // under this object's monitor, as the two below
    private boolean interrupted;
    private boolean over;
    private volatile boolean entered;

    /// A line for the client.
    ///
    /// @param last whether it is the reply
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Line(byte[] bytes, boolean last) {}

    /// @throws Fault when a field that every request may have is wrong
    public Call(Request request, Session session, int connection) throws Fault {
        this.request = request;
        this.session = session;
        this.connection = connection;
        id = request.scalar("id");
        notify = request.flag("notify");
        time = request.number("t", 0);
    }

    /// The fields.
    public Request request() {
        return request;
    }

    /// The answer as far as it is known.
    public Reply reply() {
        return reply;
    }

    /// Whose call it is.
    public Session session() {
        return session;
    }

    /// Number of the connection that it came from.
    public int connection() {
        return connection;
    }

    /// The instant at which it is to happen, in virtual time.
    public long time() {
        return time;
    }

    // ---- descriptors

    /// A descriptor, held until the call is over; null when it is not open.
    public @Nullable Descriptor use(int fd) {
        Descriptor d = session.descriptors().use(fd, this);
        if (d != null) {
            used.add(d);
        }
        return d;
    }

    /// Whether it has reached the files of its descriptors: a number taken anew cannot mislead it any more.
    boolean hasEntered() {
        return entered;
    }

    // ---- its course

    /// What a call does.
    @FunctionalInterface
    public interface Body {
        /// Fills in the reply.
        void perform(Call call) throws Fault, NetException;
    }

    /// Does it and sends the reply.
    ///
    /// @param now the virtual instant at its end; null in real time
    public void perform(Body body, @Nullable LongSupplier now) {
        Reply answer = outcome(body);
        used.forEach(d -> session.descriptors().release(d, this));
        synchronized (this) {
            over = true;
        }
        finish(answer, now);
    }

    private Reply outcome(Body body) {
        try {
            body.perform(this);
            return reply;
        } catch (Fault f) {
            return Reply.of(f);
        } catch (NetException e) {
            Reply failed = new Reply();
            failed.error(e);
            return failed;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a call of the control socket failed: " + request, e);
            Reply failed = new Reply();
            failed.error(Errno.EIO, "the server failed: " + e);
            return failed;
        }
    }

    private void finish(Reply answer, @Nullable LongSupplier now) {
        answer.id(id);
        if (now != null) {
            answer.put("t", now.getAsLong());
        }
        lines.add(new Line(answer.line(), true));
    }

    /// Lines for the client, in order.
    public BlockingQueue<Line> lines() {
        return lines;
    }

    // ---- waiting

    /// It runs on a thread of the stack's runtime.
    public void runsOn(AppThread runner) {
        boolean late;
        synchronized (this) {
            thread = runner;
            late = interrupted && !over;
        }
        if (late) {
            runner.interrupt();
        }
    }

    /// It waits: whoever closes its descriptors need not wait for it.
    public void waits() {
        if (!entered) {
            entered = true;
            session.descriptors().entered();
        }
    }

    /// Tells the client once that it waits, if it wants to know.
    public void tellBlocked() {
        if (notify) {
            lines.add(new Line(Reply.blocked().id(id).line(), false));
        }
    }

    /// Ends its waiting with EINTR, or with what it has done so far. Any thread.
    public void interrupt() {
        AppThread runner;
        synchronized (this) {
            interrupted = true;
            runner = over ? null : thread;
        }
        if (runner != null) {
            runner.interrupt();
        }
    }

    /// Whether it has ended.
    public synchronized boolean isOver() {
        return over;
    }
}
