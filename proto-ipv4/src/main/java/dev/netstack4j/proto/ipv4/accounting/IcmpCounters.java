package dev.netstack4j.proto.ipv4.accounting;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// ICMP's counters, with the names of `/proc/net/snmp`.
@Linux("net/ipv4/proc.c#icmp_put")
public final class IcmpCounters {
    private static final String[] NAMES = new String[IcmpHeader.MOST_TYPE + 1];

    static {
        NAMES[IcmpHeader.ECHO_REPLY] = "EchoReps";
        NAMES[IcmpHeader.UNREACHABLE] = "DestUnreachs";
        NAMES[IcmpHeader.SOURCE_QUENCH] = "SrcQuenchs";
        NAMES[IcmpHeader.REDIRECT] = "Redirects";
        NAMES[IcmpHeader.ECHO] = "Echos";
        NAMES[IcmpHeader.TIME_EXCEEDED] = "TimeExcds";
        NAMES[IcmpHeader.PARAMETER_PROBLEM] = "ParmProbs";
        NAMES[IcmpHeader.TIMESTAMP] = "Timestamps";
        NAMES[IcmpHeader.TIMESTAMP_REPLY] = "TimestampReps";
    }

    /// Messages received.
    public final Counter inMessages;
    /// Messages that were bad or quoted nothing of ours.
    public final Counter inErrors;
    /// Messages with a bad checksum.
    public final Counter inChecksumErrors;
    /// Messages sent.
    public final Counter outMessages;
    /// Messages that could not be sent.
    public final Counter outErrors;
    /// Errors not sent for the limit of all targets.
    public final Counter limitedGlobal;
    /// Errors not sent for the limit of one target.
    public final Counter limitedHost;

    private final @Nullable Counter[] in = new @Nullable Counter[NAMES.length];
    private final @Nullable Counter[] out = new @Nullable Counter[NAMES.length];

    /// Registers them.
    @Inject
    public IcmpCounters(Counters c) {
        inMessages = c.counter("Icmp.InMsgs");
        inErrors = c.counter("Icmp.InErrors");
        inChecksumErrors = c.counter("Icmp.InCsumErrors");
        outMessages = c.counter("Icmp.OutMsgs");
        outErrors = c.counter("Icmp.OutErrors");
        limitedGlobal = c.counter("Icmp.OutRateLimitGlobal");
        limitedHost = c.counter("Icmp.OutRateLimitHost");
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i] != null) {
                in[i] = c.counter("Icmp.In" + NAMES[i]);
                out[i] = c.counter("Icmp.Out" + NAMES[i]);
            }
        }
    }

    /// Counts a received message by type.
    public void received(int type, Cpu cpu) {
        count(in, type, cpu);
    }

    /// Counts a sent message, by type as well.
    public void sent(int type, Cpu cpu) {
        outMessages.increment(cpu);
        count(out, type, cpu);
    }

    private static void count(@Nullable Counter[] byType, int type, Cpu cpu) {
        Counter c = type < byType.length ? byType[type] : null;
        if (c != null) {
            c.increment(cpu);
        }
    }
}
