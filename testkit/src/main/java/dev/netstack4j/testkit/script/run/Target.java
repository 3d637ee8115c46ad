package dev.netstack4j.testkit.script.run;

import dev.netstack4j.testkit.script.model.Setup;
import org.jspecify.annotations.Nullable;

/// What a script is played against: a stack in virtual time, or a kernel in real time. Used by one thread; calls of the
/// script run on threads of the target's.
public interface Target extends AutoCloseable {
    /// Its name, as `differs` and `skip` say it.
    String name();

    /// Makes it ready: one host with one Ethernet device, its address, settings and routes. Time stands at 0
    /// afterwards.
    ///
    /// @throws Exception when it cannot be made
    void open(Setup setup) throws Exception;

    /// The device's station address.
    long hostMac();

    /// Nanoseconds since [#open].
    long now();

    /// Puts a frame on the wire.
    void send(byte[] frame);

    /// Waits for the next frame of the host.
    ///
    /// @return null when none came until then
    @Nullable
    Frame next(long untilNanos);

    /// The host's sockets.
    Sockets sockets();

    /// Runs a call on a thread of its own, which has begun when this returns.
    void start(Runnable call);

    /// Gives calls that can end now the time to end.
    ///
    /// @param untilNanos when to stop waiting for it
    void settle(Pending pending, long untilNanos);

    /// How much later, and in real time also earlier, something may happen than the script says.
    ///
    /// @param delayNanos between the event before and the time that the script says
    long tolerance(long delayNanos);

    /// Whether time is virtual: nothing is ever too early by chance.
    boolean isExact();

    /// Changes a setting.
    void set(String name, int value);

    /// Checks what must hold in the end, for example that no packet leaked.
    ///
    /// @throws AssertionError when it does not
    void verify();

    /// Ends it; after [#verify] or a failure.
    @Override
    void close();

    /// A frame and when it was sent.
    ///
    /// @param nanos since [Target#open]
    /// @param bytes from the Ethernet header on
    record Frame(long nanos, byte[] bytes) {}

    /// A call in progress.
    interface Pending {
        /// Whether it has returned.
        boolean isDone();
    }
}
