package dev.netstack4j.nic.e1000;

/// What a user chose for one device.
///
/// @param rx            receive descriptors
/// @param tx            transmit descriptors
/// @param coalesceNanos least time between two interrupts
/// @param flowControl   whether pause frames are obeyed and sent
record E1000Settings(int rx, int tx, long coalesceNanos, boolean flowControl) {
    E1000Settings withRings(int newRx, int newTx) {
        return new E1000Settings(newRx, newTx, coalesceNanos, flowControl);
    }

    E1000Settings withCoalesceNanos(long nanos) {
        return new E1000Settings(rx, tx, nanos, flowControl);
    }
}
