package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import java.util.SplittableRandom;

/// Packets as they seldom come.
final class Oddities {
    private static final int MOST_LINEAR = 60_000;

    private Oddities() {}

    /// One of them, recognisable as `p`.
    static SkBuff make(QdiscBench bench, Parcel p, SplittableRandom random) {
        SkBuff skb = bench.skb(p);
        switch (random.nextInt(9)) {
            case 0 -> skb.trim(0, bench.host.cpu());
            case 1 -> skb.trim(random.nextInt(1, 14), bench.host.cpu());
            case 2 -> skb = huge(bench, p, skb, random.nextInt(1600, MOST_LINEAR));
            case 3 -> withFragments(bench, skb, random.nextInt(1, 4));
            case 4 -> skb = clone(bench, skb);
            case 5 -> skb.gso(GsoType.TCP4, 500, 3);
            case 6 -> skb.vlanTag(random.nextInt(1 << 16));
            case 7 -> noise(skb, random);
            default -> bare(skb);
        }
        return skb;
    }

    private static SkBuff huge(QdiscBench bench, Parcel p, SkBuff small, int length) {
        small.consume(bench.own(), bench.host.cpu());
        SkBuff skb = bench.host.packet(Frames.udp(p.flow, p.id, length));
        skb.mark(p.id);
        skb.priority(p.priority);
        skb.dev(bench.device);
        return skb;
    }

    private static void withFragments(QdiscBench bench, SkBuff skb, int pages) {
        for (int i = 0; i < pages; i++) {
            if (skb.addFragPage(2048, bench.host.cpu())) {
                skb.appendToFrag(1000);
            }
        }
    }

    /// Another packet of the same bytes exists and ends first.
    private static SkBuff clone(QdiscBench bench, SkBuff skb) {
        SkBuff second = skb.clone(bench.host.cpu());
        skb.consume(bench.own(), bench.host.cpu());
        return second;
    }

    private static void noise(SkBuff skb, SplittableRandom random) {
        for (int at = skb.data(); at < skb.tail(); at++) {
            skb.put8(at, random.nextInt(256));
        }
        skb.protocol(random.nextInt(1 << 16));
    }

    /// Nothing is known of it.
    private static void bare(SkBuff skb) {
        skb.protocol(0);
        skb.hash(0, false);
        skb.dev(null);
    }
}
