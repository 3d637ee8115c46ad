package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// A device at the end of a wire.
@ImplementedByExtensions
public interface WireReceiver {
    /// Takes frames from the wire; copies what it keeps. Engine context, possibly of another host.
    ///
    /// @return how many of the batch, counted from its first frame, were taken or knowingly lost; fewer than all asks
    ///         the wire to hold the rest until [Wire#resume] (WIRE-6; what PAUSE frames do)
    int receive(FrameBatch batch);

    /// Offloads that [#receive] takes: bits of [Wire#CAN_CSUM] and [Wire#CAN_TSO4]. A device without them gets whole
    /// checksums, and frames that stand for themselves (WIRE-19). Read once, when the device is attached.
    default int offloads() {
        return 0;
    }

    /// The wire takes frames again. Any thread.
    void resume();

    /// The link went up or down; told once a change (WIRE-12). Any thread.
    void linkChanged(boolean up);
}
