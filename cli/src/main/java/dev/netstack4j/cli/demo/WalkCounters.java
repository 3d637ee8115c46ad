package dev.netstack4j.cli.demo;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.qdisc.QdiscStats;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each layer of both hosts has counted, in the order of the walk from the wire to the application. What is zero
/// on both hosts is left out.
final class WalkCounters {
    private static final List<String> LAYERS =
            List.of("device", "qdisc", "Arp", "Neighbour", "Ip", "Icmp", "Udp", "Tcp", "TcpExt", "Socket");

    private WalkCounters() {}

    /// One line.
    ///
    /// @param layer of the walk
    /// @param name  of the counter
    /// @param a     count of host A
    /// @param b     count of host B
    record Row(String layer, String name, long a, long b) {}

    static List<Row> of(TwoHosts hosts) {
        Map<String, long[]> both = new LinkedHashMap<>();
        read(hosts.a(), 0, both);
        read(hosts.b(), 1, both);
        List<Row> rows = new ArrayList<>();
        both.forEach((key, n) -> {
            if (n[0] != 0 || n[1] != 0) {
                int dot = key.indexOf('.');
                rows.add(new Row(key.substring(0, dot), key.substring(dot + 1), n[0], n[1]));
            }
        });
        rows.sort((x, y) -> Integer.compare(place(x.layer()), place(y.layer())));
        return rows;
    }

    private static int place(String layer) {
        int i = LAYERS.indexOf(layer);
        return i < 0 ? LAYERS.size() : i;
    }

    private static void read(TwoHosts.Host host, int side, Map<String, long[]> into) {
        device(host.stack().links().stats(host.device()), side, into);
        for (QdiscStats q : host.stack().service(Qdiscs.class).stats(host.device())) {
            put("qdisc.packets", q.packets(), side, into);
            put("qdisc.bytes", q.bytes(), side, into);
            put("qdisc.bypasses", q.bypasses(), side, into);
            put("qdisc.requeues", q.requeues(), side, into);
            put("qdisc.drops", q.drops(), side, into);
        }
        for (Counter c : host.stack().service(Counters.class).all()) {
            put(c.name(), c.sum(), side, into);
        }
    }

    private static void device(DeviceStats s, int side, Map<String, long[]> into) {
        put("device.rxPackets", s.rxPackets, side, into);
        put("device.rxBytes", s.rxBytes, side, into);
        put("device.txPackets", s.txPackets, side, into);
        put("device.txBytes", s.txBytes, side, into);
        put("device.rxErrors", s.rxErrors, side, into);
        put("device.txErrors", s.txErrors, side, into);
        put("device.rxDropped", s.rxDropped, side, into);
        put("device.txDropped", s.txDropped, side, into);
        put("device.rxMissed", s.rxMissed, side, into);
        put("device.multicast", s.multicast, side, into);
    }

    private static void put(String key, long value, int side, Map<String, long[]> into) {
        into.computeIfAbsent(key.indexOf('.') < 0 ? "other." + key : key, _ -> new long[2])[side] += value;
    }
}
