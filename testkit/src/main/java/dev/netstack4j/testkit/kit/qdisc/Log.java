package dev.netstack4j.testkit.kit.qdisc;

import java.util.ArrayList;
import java.util.List;

/// What a qdisc did with the same traffic, and how long after its beginning: to compare two of them.
final class Log implements Traffic.Watcher {
    private final QdiscBench bench;
    private final int firstId;
    private final long begin;
    private final List<String> lines = new ArrayList<>();

    Log(QdiscBench bench) {
        this.bench = bench;
        firstId = bench.parcels.size();
        begin = bench.now();
    }

    @Override
    public void enqueued(Parcel p, int result) {
        lines.add((bench.now() - begin) + " took " + (p.id - firstId) + " = " + result);
    }

    @Override
    public void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {
        lines.add((bench.now() - begin) + " gave "
                + given.stream().map(p -> p.id - firstId).toList());
    }

    /// The first line in which both differ, or empty.
    static String difference(Log a, Log b) {
        for (int i = 0; i < Math.max(a.lines.size(), b.lines.size()); i++) {
            String x = i < a.lines.size() ? a.lines.get(i) : "nothing";
            String y = i < b.lines.size() ? b.lines.get(i) : "nothing";
            if (!x.equals(y)) {
                return x + ", but " + y;
            }
        }
        return "";
    }
}
