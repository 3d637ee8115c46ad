package dev.netstack4j.linux.tap;

/// A descriptor that an idle CPU waits for, as [DescriptorWait] sees it.
public interface PolledDescriptor {
    /// Wanted: something can be read.
    int READABLE = PollArray.POLLIN;
    /// Wanted: something can be written.
    int WRITABLE = PollArray.POLLOUT;

    /// The descriptor. It is open while the wait knows it.
    int fd();

    /// What to wait for now: bits of [#READABLE] and [#WRITABLE], or 0 for nothing, not even an error. The waiting
    /// thread, before each wait; whoever makes more wanted calls [DescriptorWait#wake].
    int wantedEvents();

    /// Something wanted was found, or an error. The waiting thread, with no CPU held; it must not block.
    void ready();
}
