package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;

/// A standing set of descriptors whose readiness is told when it comes, so that a wait does not look at every one of
/// them. From any platform or virtual thread that holds no CPU. Results are 0 or above, or a negative error. Closing a
/// descriptor for the last time takes it out of the set. A set is itself something to wait for: by its descriptor
/// [#fd], in another set or with [SystemCalls#poll]; it has [PollEvents#IN] while a wait would tell something.
@ProvidedByCore
@Linux("fs/eventpoll.c#do_epoll_create")
public interface EventPoll extends AutoCloseable {
    /// Bit of the wanted events: tell each arrival once (edge-triggered), not as long as it holds.
    int EDGE_TRIGGERED = 1 << 31;
    /// Bit of the wanted events: tell once, then nothing until [#modify].
    int ONE_SHOT = 1 << 30;

    /// Adds a descriptor.
    ///
    /// @param events wanted bits of [PollEvents], with the bits above; ERR and HUP are always wanted
    /// @param data   given back with its events
    /// @return 0, EBADF, or EEXIST when it is in already; EINVAL for the set's own descriptor; ELOOP when sets would
    ///     watch each other in a ring, or more than five of them in a row
    int add(int fd, int events, long data);

    /// Changes what is wanted of a descriptor, and looks anew whether it is ready.
    ///
    /// @return 0, EBADF, or ENOENT when it is not in
    int modify(int fd, int events, long data);

    /// Takes a descriptor out.
    ///
    /// @return 0, EBADF, or ENOENT when it is not in
    int remove(int fd);

    /// Waits until descriptors are ready.
    ///
    /// @param events       filled in: bits that hold; its length, at least 1, is the most that is told
    /// @param data         filled in beside them
    /// @param timeoutNanos longest wait; 0 for none, negative for ever
    /// @return how many are told; 0 when the time is over; EINTR; EBADF when the set is closed
    int await(int[] events, long[] data, long timeoutNanos);

    /// The descriptor of this set, taken at the first call. Closing it, if it has no duplicates, ends the set.
    ///
    /// @return EMFILE when there is none left; EBADF when the set is closed
    int fd();

    /// Ends the set; who waits gets EBADF. A second call does nothing.
    @Override
    void close();
}
