package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// Where the frames of a device go: one end of a cable, a TAP of the host kernel. Used by device models, from engines.
@ImplementedByExtensions
public interface Wire extends AutoCloseable {
    /// Joins a device to this end. Once, before any traffic.
    void attach(WireReceiver receiver);

    /// Sends frames. Engine context; holds no stack lock.
    ///
    /// @return how many of the batch, counted from its first frame, were taken; fewer than all means that the wire is
    ///         busy and will call [WireReceiver#resume]. The caller keeps the rest.
    int transmit(FrameBatch batch);

    /// Tells this end that its device has room again after [WireReceiver#receive] took fewer than all. Any thread.
    void resume();

    /// Whether the link is up now.
    boolean isUp();

    /// Offloads that [#transmit] takes: bits of [#CAN_CSUM] and [#CAN_TSO4]. The device model does the rest itself.
    default int offloads() {
        return 0;
    }

    /// Bit of [#offloads]: checksums may be left to the wire.
    int CAN_CSUM = 1;
    /// Bit of [#offloads]: TCP super-frames over IPv4 may be left whole.
    int CAN_TSO4 = 2;

    /// Ends it. Process context; no engine uses it any more.
    @Override
    void close();
}
