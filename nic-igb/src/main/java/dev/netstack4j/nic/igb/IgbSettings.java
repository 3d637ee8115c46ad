package dev.netstack4j.nic.igb;

/// What a user chose for one device.
///
/// @param rx            receive descriptors of a queue
/// @param tx            transmit descriptors of a queue
/// @param queues        queue pairs wanted
/// @param coalesceNanos least time between two interrupts of a vector
/// @param rxPause       whether pause frames are obeyed
/// @param txPause       whether pause frames are sent
/// @param drop          whether a queue without buffers drops its frames instead of holding up the others
/// @param byCpu         whether the sending CPU chooses the transmit queue, instead of the flow
record IgbSettings(
        int rx, int tx, int queues, long coalesceNanos, boolean rxPause, boolean txPause, boolean drop, boolean byCpu) {
    IgbSettings withRings(int newRx, int newTx) {
        return new IgbSettings(newRx, newTx, queues, coalesceNanos, rxPause, txPause, drop, byCpu);
    }

    IgbSettings withQueues(int pairs) {
        return new IgbSettings(rx, tx, pairs, coalesceNanos, rxPause, txPause, drop, byCpu);
    }

    IgbSettings withCoalesceNanos(long nanos) {
        return new IgbSettings(rx, tx, queues, nanos, rxPause, txPause, drop, byCpu);
    }

    IgbSettings withPause(boolean receive, boolean send) {
        return new IgbSettings(rx, tx, queues, coalesceNanos, receive, send, drop, byCpu);
    }
}
