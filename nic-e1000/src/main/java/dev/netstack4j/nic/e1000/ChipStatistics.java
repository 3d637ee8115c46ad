package dev.netstack4j.nic.e1000;

import static dev.netstack4j.nic.e1000.Registers.*;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.hardware.IoMemory;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// The device's own counters. They are cleared by reading, so every reading is added to what is kept here. Process
/// context under the control lock.
final class ChipStatistics {
    /// The counts of 32 bits, named as users know them.
    private enum Count {
        RX_PACKETS(GPRC),
        RX_BROADCAST(BPRC),
        RX_MULTICAST(MPRC),
        RX_TOTAL_PACKETS(TPR),
        RX_MISSED_ERRORS(MPC),
        RX_NO_BUFFER_COUNT(RNBC),
        RX_CRC_ERRORS(CRCERRS),
        RX_ALIGN_ERRORS(ALGNERRC),
        RX_SYMBOL_ERRORS(RXERRC),
        RX_SEQUENCE_ERRORS(SEC),
        RX_CARRIER_EXTENSION_ERRORS(CEXTERR),
        RX_LENGTH_ERRORS(RLEC),
        RX_SHORT_LENGTH_ERRORS(RUC),
        RX_LONG_LENGTH_ERRORS(ROC),
        RX_FRAGMENTS(RFC),
        RX_JABBER(RJC),
        RX_MANAGEMENT_PACKETS(MGTPRC),
        RX_FLOW_CONTROL_XON(XONRXC),
        RX_FLOW_CONTROL_XOFF(XOFFRXC),
        RX_FLOW_CONTROL_UNSUPPORTED(FCRUC),
        RX_SIZE_64(PRC64),
        RX_SIZE_127(PRC64 + 4),
        RX_SIZE_255(PRC64 + 8),
        RX_SIZE_511(PRC64 + 12),
        RX_SIZE_1023(PRC64 + 16),
        RX_SIZE_MORE(PRC64 + 20),
        TX_PACKETS(GPTC),
        TX_BROADCAST(BPTC),
        TX_MULTICAST(MPTC),
        TX_TOTAL_PACKETS(TPT),
        TX_FLOW_CONTROL_XON(XONTXC),
        TX_FLOW_CONTROL_XOFF(XOFFTXC),
        TX_SINGLE_COLL_OK(SCC),
        TX_MULTI_COLL_OK(MCC),
        TX_EXCESS_COLLISIONS(ECOL),
        TX_LATE_COLLISIONS(LATECOL),
        TX_COLLISIONS(COLC),
        TX_DEFERRED_OK(DC),
        TX_NO_CARRIER(TNCRS),
        TX_SIZE_64(PTC64),
        TX_SIZE_127(PTC64 + 4),
        TX_SIZE_255(PTC64 + 8),
        TX_SIZE_511(PTC64 + 12),
        TX_SIZE_1023(PTC64 + 16),
        TX_SIZE_MORE(PTC64 + 20),
        TX_TCP_SEG_GOOD(TSCTC),
        TX_TCP_SEG_FAILED(TSCTFC);

        private static final Count[] ALL = values();

        private final int register;
        private final String label = name().toLowerCase(Locale.ROOT);

        Count(int register) {
            this.register = register;
        }
    }

    /// The counts of 64 bits: the lower half is read first, and reading the upper one clears both.
    private enum Bytes {
        RX_BYTES(GORCL, GORCH),
        RX_TOTAL_BYTES(TORL, TORH),
        TX_BYTES(GOTCL, GOTCH),
        TX_TOTAL_BYTES(TOTL, TOTH);

        private static final Bytes[] ALL = values();

        private final int low;
        private final int high;
        private final String label = name().toLowerCase(Locale.ROOT);

        Bytes(int low, int high) {
            this.low = low;
            this.high = high;
        }

        private long read(IoMemory registers) {
            long lower = Integer.toUnsignedLong(registers.read32(low));
            return lower | (long) registers.read32(high) << 32;
        }
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<Bytes, Long> bytes = new EnumMap<>(Bytes.class);

    /// Adds what the device has counted since the last call.
    void collect(Chip chip) {
        if (chip.isGone()) {
            return;
        }
        IoMemory registers = chip.registers();
        for (Count c : Count.ALL) {
            counts.merge(c, Integer.toUnsignedLong(registers.read32(c.register)), Long::sum);
        }
        for (Bytes b : Bytes.ALL) {
            bytes.merge(b, b.read(registers), Long::sum);
        }
    }

    private long of(Count... some) {
        long sum = 0;
        for (Count c : some) {
            sum += counts.getOrDefault(c, 0L);
        }
        return sum;
    }

    /// Fills in what was collected, and what the driver counted itself. Bytes of the device include the frame check
    /// sequence. RLEC counts frames again that RUC and ROC have, and RNBC frames that got a buffer later, so neither is
    /// among the errors.
    void fill(DeviceStats into, Traffic traffic) {
        into.rxPackets = traffic.rxPackets;
        into.rxBytes = traffic.rxBytes;
        into.txPackets = traffic.txPackets;
        into.txBytes = traffic.txBytes;
        into.txDropped = traffic.txDropped;
        into.multicast = of(Count.RX_MULTICAST);
        into.rxMissed = of(Count.RX_MISSED_ERRORS);
        into.rxCrcErrors = of(Count.RX_CRC_ERRORS);
        into.rxLengthErrors = of(Count.RX_SHORT_LENGTH_ERRORS, Count.RX_LONG_LENGTH_ERRORS);
        long damaged = of(
                Count.RX_CRC_ERRORS, Count.RX_ALIGN_ERRORS, Count.RX_SYMBOL_ERRORS, Count.RX_CARRIER_EXTENSION_ERRORS);
        into.rxErrors = damaged + into.rxLengthErrors + traffic.rxBad;
        into.txErrors = of(Count.TX_EXCESS_COLLISIONS, Count.TX_LATE_COLLISIONS);
        fillChip(into);
        fillDriver(into, traffic);
    }

    private void fillChip(DeviceStats into) {
        for (Count c : Count.ALL) {
            into.chip(c.label, counts.getOrDefault(c, 0L));
        }
        for (Bytes b : Bytes.ALL) {
            into.chip(b.label, bytes.getOrDefault(b, 0L));
        }
    }

    private static void fillDriver(DeviceStats into, Traffic traffic) {
        into.chip("rx_csum_offload_good", traffic.rxChecksumGood);
        into.chip("rx_csum_offload_errors", traffic.rxChecksumErrors);
        into.chip("alloc_rx_buff_failed", traffic.rxNoBuffer);
        into.chip("tx_busy", traffic.txBusy);
        into.chip("tx_restart_queue", traffic.wakes);
        into.chip("tx_doorbells", traffic.doorbells);
        into.chip("tx_contexts", traffic.contexts);
        into.chip("tx_timeout_count", traffic.timeouts);
        into.chip("tx_timeout_paused", traffic.pausedTimeouts);
        into.chip("watchdog_polls", traffic.watchdogPolls);
        into.chip("interrupts", traffic.interrupts);
    }
}
