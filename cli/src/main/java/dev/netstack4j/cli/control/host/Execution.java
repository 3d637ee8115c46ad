package dev.netstack4j.cli.control.host;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.cli.control.link.LinkSettings;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import dev.netstack4j.cli.control.session.Session;
import dev.netstack4j.cli.control.session.Sessions;
import java.util.List;

/// Runs calls on the stack that is served.
public abstract class Execution implements AutoCloseable {
    private final HostPlan plan;
    private final Sessions sessions;
    private volatile Host host;

    Execution(HostPlan plan, Sessions sessions) throws NetException, AssemblyException {
        this.plan = plan;
        this.sessions = sessions;
        this.host = plan.make();
    }

    /// Of the clock that the plan says.
    public static Execution of(HostPlan plan, Sessions sessions) throws NetException, AssemblyException {
        return plan.virtual() ? new VirtualExecution(plan, sessions) : new RealExecution(plan, sessions);
    }

    /// The stack that is served now.
    public final Host host() {
        return host;
    }

    /// All sessions.
    final Sessions sessions() {
        return sessions;
    }

    /// Whether time is virtual.
    public final boolean isVirtual() {
        return plan.virtual();
    }

    /// The links that every stack has unless a reset names others.
    public final List<LinkSettings> usualLinks() {
        return plan.links();
    }

    /// Lets a call happen; its lines come as they are known. Does not wait for a call that waits.
    public abstract void run(Call call, Op op);

    /// Interrupts a call from outside of any other.
    public abstract void abandon(Call call);

    /// Closes every descriptor of a session.
    public abstract void endSession(Session session);

    /// The virtual instant that was last told; 0 in real time. Any thread.
    public abstract long lastInstant();

    // ---- descriptors

    /// Closes a descriptor; calls that wait on it end with EBADF.
    ///
    /// @return whether it was open
    public final boolean close(Session session, int fd) {
        Descriptor d = session.descriptors().remove(fd);
        if (d == null) {
            return false;
        }
        host.stack().sockets().close(d.socket());
        return true;
    }

    final void closeAll(Session session) {
        session.descriptors().all().forEach(d -> close(session, d.number()));
    }

    // ---- reset

    /// Replaces the stack by a fresh one. Within a call that is [Op.Waits#ALONE].
    public final void reset(long seed, List<LinkSettings> links) throws NetException, AssemblyException {
        sessions.all().forEach(this::closeAll);
        letCallsEnd();
        host.close();
        host = plan.make(seed, links);
    }

    /// The seed of the first stack.
    public final long usualSeed() {
        return plan.seed();
    }

    /// Waits until no other call is under way; their descriptors are closed.
    abstract void letCallsEnd();

    final void interruptAll() {
        sessions.all().forEach(s -> s.calls().forEach(Call::interrupt));
    }

    @Override
    public abstract void close();

    final void end() {
        sessions.all().forEach(this::closeAll);
        interruptAll();
        host.close();
    }
}
