package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.device.CoalesceParameters;

/// What a user chose for one device.
///
/// @param rx       receive descriptors
/// @param tx       transmit descriptors
/// @param coalesce when it interrupts
/// @param rxPause  whether pause frames are obeyed
/// @param txPause  whether pause frames are sent
record E1000Settings(int rx, int tx, CoalesceParameters coalesce, boolean rxPause, boolean txPause) {
    E1000Settings withRings(int newRx, int newTx) {
        return new E1000Settings(newRx, newTx, coalesce, rxPause, txPause);
    }

    E1000Settings withCoalesce(CoalesceParameters parameters) {
        return new E1000Settings(rx, tx, parameters, rxPause, txPause);
    }

    E1000Settings withPause(boolean receive, boolean send) {
        return new E1000Settings(rx, tx, coalesce, receive, send);
    }
}
