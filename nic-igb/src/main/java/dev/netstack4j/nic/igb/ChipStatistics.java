package dev.netstack4j.nic.igb;

import static dev.netstack4j.nic.igb.Registers.*;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.hardware.IoMemory;

/// The device's own counters. They are cleared by reading, so every reading is added to what is kept here. Process
/// context under the control lock.
final class ChipStatistics {
    private static final String[] NAMES = {
        "rx_crc_errors",
        "rx_align_errors",
        "rx_symbol_errors",
        "rx_missed_errors",
        "tx_excess_collisions",
        "tx_late_collisions",
        "rx_length_errors",
        "rx_flow_control_xon",
        "tx_flow_control_xon",
        "rx_flow_control_xoff",
        "tx_flow_control_xoff",
        "rx_packets",
        "rx_broadcast",
        "rx_multicast",
        "tx_packets",
        "rx_no_buffer_count",
        "rx_undersize",
        "rx_fragments",
        "rx_oversize",
        "rx_jabber",
        "tx_multicast",
        "tx_broadcast",
        "tx_tcp_seg_good"
    };
    private static final int[] OFFSETS = {
        CRCERRS, ALGNERRC, RXERRC, MPC, ECOL, LATECOL, RLEC, XONRXC, XONTXC, XOFFRXC, XOFFTXC, GPRC, BPRC, MPRC, GPTC,
        RNBC, RUC, RFC, ROC, RJC, MPTC, BPTC, TSCTC
    };
    private static final int CRC = 0;
    private static final int ALIGN = 1;
    private static final int SYMBOL = 2;
    private static final int MISSED = 3;
    private static final int EXCESS_COLLISIONS = 4;
    private static final int LATE_COLLISIONS = 5;
    private static final int LENGTH = 6;
    private static final int MULTICAST = 13;
    /// The count of frames that a queue dropped has twelve bits.
    private static final int DROPPED_MASK = 0xFFF;

    private final long[] kept = new long[OFFSETS.length];
    private long rxBytes;
    private long txBytes;

    /// Adds what the device has counted since the last call.
    void collect(Chip chip, QueueCounters[] queues, int inUse) {
        if (chip.isGone()) {
            return;
        }
        IoMemory registers = chip.registers();
        for (int i = 0; i < OFFSETS.length; i++) {
            kept[i] += Integer.toUnsignedLong(registers.read32(OFFSETS[i]));
        }
        rxBytes += bytes(registers, GORCL, GORCH);
        txBytes += bytes(registers, GOTCL, GOTCH);
        for (int q = 0; q < inUse; q++) {
            queues[q].rxDropped += registers.read32(rx(q, RQDPC)) & DROPPED_MASK;
        }
    }

    /// The upper half is read last: that clears both.
    private static long bytes(IoMemory registers, int low, int high) {
        long lower = Integer.toUnsignedLong(registers.read32(low));
        return lower | (long) registers.read32(high) << 32;
    }

    /// Fills in what was collected. Bytes of the device include the frame check sequence.
    void fill(DeviceStats into) {
        into.multicast = kept[MULTICAST];
        into.rxMissed = kept[MISSED];
        into.rxCrcErrors = kept[CRC];
        into.rxLengthErrors = kept[LENGTH];
        into.rxErrors += kept[CRC] + kept[ALIGN] + kept[SYMBOL] + kept[LENGTH];
        into.txErrors = kept[EXCESS_COLLISIONS] + kept[LATE_COLLISIONS];
        for (int i = 0; i < NAMES.length; i++) {
            into.chip(NAMES[i], kept[i]);
        }
        into.chip("rx_bytes", rxBytes);
        into.chip("tx_bytes", txBytes);
    }
}
