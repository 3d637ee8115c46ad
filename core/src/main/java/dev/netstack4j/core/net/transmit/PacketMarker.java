package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.protocol.CongestionMarks;
import dev.netstack4j.api.qdisc.EcnMarker;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.spi.Plugged;
import jakarta.inject.Inject;
import java.util.List;

/// Marks packets by what the protocol of their EtherType contributed.
public final class PacketMarker implements EcnMarker, Lifecycle {
    private final Plugged plugged;
    private int[] types = {};
    private CongestionMarks[] marks = {};

    @Inject
    PacketMarker(Plugged plugged) {
        this.plugged = plugged;
    }

    @Override
    public void start() {
        List<String> keys = plugged.keys(CongestionMarks.POINT);
        types = keys.stream().mapToInt(k -> Integer.parseInt(k, 16)).toArray();
        marks = plugged.all(CongestionMarks.POINT).toArray(CongestionMarks[]::new);
    }

    @Override
    public boolean mark(SkBuff skb, Cpu cpu) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == skb.protocol()) {
                return marks[i].mark(skb, cpu);
            }
        }
        return false;
    }
}
