package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.DeviceStats;

/// What the driver counts of one queue pair, over all openings of the device. Each group has one writer; readers may
/// lag.
final class QueueCounters {
    // written by the poll
    long rxPackets;
    long rxBytes;
    long rxBad;
    long rxChecksumErrors;
    long rxNoBuffer;
    long txPackets;
    long txBytes;
    long polls;
    /// The CPU of the last poll, -1 before the first.
    int cpu = -1;
    /// How often a poll ran on another CPU than the one before.
    long moves;
    // written by startXmit
    long txDropped;
    long txBusy;
    long doorbells;
    long contexts;
    // written by the watchdog
    /// Polls of what an interrupt should have told.
    long watchdogPolls;
    // collected under the control lock
    long rxDropped;

    void polledOn(int id) {
        polls++;
        if (cpu != id) {
            moves += cpu < 0 ? 0 : 1;
            cpu = id;
        }
    }

    void fill(DeviceStats into, int queue) {
        into.rxPackets += rxPackets;
        into.rxBytes += rxBytes;
        into.txPackets += txPackets;
        into.txBytes += txBytes;
        into.txDropped += txDropped;
        into.rxDropped += rxDropped;
        String rx = "rx_queue_" + queue;
        into.chip(rx + "_packets", rxPackets);
        into.chip(rx + "_bytes", rxBytes);
        into.chip(rx + "_drops", rxDropped);
        into.chip(rx + "_csum_err", rxChecksumErrors);
        into.chip(rx + "_alloc_failed", rxNoBuffer);
        into.chip(rx + "_cpu", cpu);
        into.chip(rx + "_cpu_moves", moves);
        into.chip(rx + "_polls", polls);
        into.chip(rx + "_watchdog_polls", watchdogPolls);
        String tx = "tx_queue_" + queue;
        into.chip(tx + "_packets", txPackets);
        into.chip(tx + "_bytes", txBytes);
        into.chip(tx + "_busy", txBusy);
        into.chip(tx + "_doorbells", doorbells);
        into.chip(tx + "_contexts", contexts);
    }
}
