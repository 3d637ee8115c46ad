package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// Where the frames of a device go: one end of a cable, a TAP of the host kernel. Used by device models, from engines.
/// Frames arrive as they were sent (WIRE-2), in order, each at most once (WIRE-3), and none is lost for want of room
/// while both sides may hold (WIRE-17). A frame of any make is carried or dropped (WIRE-15), and a damaged one is not
/// made good (WIRE-8). The two directions (WIRE-13) and several wires of one kind (WIRE-16) are apart. In virtual time
/// everything repeats (WIRE-18).
@ImplementedByExtensions
public interface Wire extends AutoCloseable {
    /// Joins a device to this end. Once, before any traffic.
    void attach(WireReceiver receiver);

    /// Sends frames. Engine context; holds no stack lock. Within [WireReceiver#receive] too (WIRE-14). The batch is the
    /// caller's again when this returns (WIRE-7).
    ///
    /// @return how many of the batch, counted from its first frame, were taken (WIRE-4); fewer than all means that the
    ///         wire is busy and will call [WireReceiver#resume] (WIRE-5). The caller keeps the rest.
    int transmit(FrameBatch batch);

    /// Tells this end that its device has room again after [WireReceiver#receive] took fewer than all. Any thread.
    void resume();

    /// Whether the link is up now: a device is at each end (WIRE-1).
    boolean isUp();

    /// Offloads that [#transmit] takes: bits of [#CAN_CSUM] and [#CAN_TSO4]. The device model does the rest itself.
    /// What was sent without them arrives without (WIRE-9). What was sent with them arrives done, unless the device at
    /// the other end takes offloads itself (WIRE-19); then it may arrive as it was sent (WIRE-20).
    default int offloads() {
        return 0;
    }

    /// Bit of [#offloads]: checksums may be left to the wire ([FrameBatch#NEEDS_CSUM]). The field holds the sum of what
    /// the checksum covers beside the frame's bytes: the pseudo-header.
    int CAN_CSUM = 1;
    /// Bit of [#offloads]: TCP super-frames over IPv4 may be left whole ([FrameBatch#GSO_TCPV4]). Their headers are
    /// those of one packet with all the payload: IP length and IP checksum are right, the TCP checksum is left to the
    /// wire as [#CAN_CSUM] says, so that bit is set too. Whoever cuts one makes segments of [FrameBatch#gsoSize] bytes,
    /// the last one perhaps shorter; counts sequence numbers and IP identifications on; leaves FIN and PSH to the last
    /// segment.
    int CAN_TSO4 = 2;

    /// Ends it. Process context; no engine uses it any more, and it calls its device no more (WIRE-10). The other end
    /// goes on without (WIRE-11). A second call does nothing.
    @Override
    void close();
}
