package dev.netstack4j.nic.e1000;

import static dev.netstack4j.nic.e1000.Registers.*;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.hardware.IoMemory;

/// The device's own counters. They are cleared by reading, so every reading is added to what is kept here. Process
/// context under the control lock.
final class ChipStatistics {
    private static final String[] NAMES = {
        "rx_crc_errors", "rx_align_errors", "rx_symbol_errors", "rx_missed_errors",
        "tx_excess_collisions", "tx_late_collisions", "rx_carrier_extension_errors", "rx_length_errors",
        "rx_flow_control_xon", "tx_flow_control_xon", "rx_flow_control_xoff", "tx_flow_control_xoff",
        "rx_packets", "rx_broadcast", "rx_multicast", "tx_packets",
        "rx_no_buffer_count", "rx_undersize", "rx_fragments", "rx_oversize",
        "rx_jabber", "tx_multicast", "tx_broadcast"
    };
    private static final int[] OFFSETS = {
        CRCERRS, ALGNERRC, RXERRC, MPC,
        ECOL, LATECOL, CEXTERR, RLEC,
        XONRXC, XONTXC, XOFFRXC, XOFFTXC,
        GPRC, BPRC, MPRC, GPTC,
        RNBC, RUC, RFC, ROC,
        RJC, MPTC, BPTC
    };
    private static final int CRC = 0;
    private static final int ALIGN = 1;
    private static final int SYMBOL = 2;
    private static final int MISSED = 3;
    private static final int EXCESS_COLLISIONS = 4;
    private static final int LATE_COLLISIONS = 5;
    private static final int CARRIER_EXTENSION = 6;
    private static final int LENGTH = 7;
    private static final int MULTICAST = 14;

    private final long[] kept = new long[OFFSETS.length];
    private long rxBytes;
    private long txBytes;

    /// Adds what the device has counted since the last call.
    void collect(Chip chip) {
        if (chip.isGone()) {
            return;
        }
        IoMemory registers = chip.registers();
        for (int i = 0; i < OFFSETS.length; i++) {
            kept[i] += Integer.toUnsignedLong(registers.read32(OFFSETS[i]));
        }
        rxBytes += bytes(registers, GORCL, GORCH);
        txBytes += bytes(registers, GOTCL, GOTCH);
    }

    /// The upper half is read last: that clears both.
    private static long bytes(IoMemory registers, int low, int high) {
        long lower = Integer.toUnsignedLong(registers.read32(low));
        return lower | (long) registers.read32(high) << 32;
    }

    /// Fills in what was collected, and what the driver counted itself. Bytes of the device include the frame check
    /// sequence.
    void fill(DeviceStats into, Traffic traffic) {
        into.rxPackets = traffic.rxPackets;
        into.rxBytes = traffic.rxBytes;
        into.txPackets = traffic.txPackets;
        into.txBytes = traffic.txBytes;
        into.txDropped = traffic.txDropped;
        into.multicast = kept[MULTICAST];
        into.rxMissed = kept[MISSED];
        into.rxCrcErrors = kept[CRC];
        into.rxLengthErrors = kept[LENGTH];
        into.rxErrors = kept[CRC] + kept[ALIGN] + kept[SYMBOL] + kept[CARRIER_EXTENSION] + kept[LENGTH] + traffic.rxBad;
        into.txErrors = kept[EXCESS_COLLISIONS] + kept[LATE_COLLISIONS];
        fillChip(into, traffic);
    }

    private void fillChip(DeviceStats into, Traffic traffic) {
        for (int i = 0; i < NAMES.length; i++) {
            into.chip(NAMES[i], kept[i]);
        }
        into.chip("rx_bytes", rxBytes);
        into.chip("tx_bytes", txBytes);
        into.chip("rx_csum_offload_errors", traffic.rxChecksumErrors);
        into.chip("alloc_rx_buff_failed", traffic.rxNoBuffer);
        into.chip("tx_busy", traffic.txBusy);
        into.chip("tx_doorbells", traffic.doorbells);
        into.chip("tx_contexts", traffic.contexts);
    }
}
