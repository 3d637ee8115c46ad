package dev.netstack4j.bench.netem;

/// What netem does to the data of a transfer, beside delay and rate.
enum Impairment {
    /// Nothing else: only the queue at the bottleneck drops.
    NONE("no loss", ""),
    /// One packet in a hundred is lost.
    LOSS_1("loss 1 %", "loss 1%"),
    /// One in twenty.
    LOSS_5("loss 5 %", "loss 5%"),
    /// One in ten.
    LOSS_10("loss 10 %", "loss 10%"),
    /// One packet in a hundred neither queues nor is delayed: it overtakes a whole round trip.
    REORDER("reorder 1 %", "reorder 1%"),
    /// Each packet is delayed by up to 2 ms more or less.
    JITTER("jitter 2 ms", ""),
    /// One packet in a hundred comes twice.
    DUPLICATE("duplicate 1 %", "duplicate 1%");

    final String label;
    private final String netem;

    Impairment(String label, String netem) {
        this.label = label;
        this.netem = netem;
    }

    /// The arguments of `tc qdisc add … netem`.
    String netem(int delayMillis, int rateMbits, int limit) {
        String delay = "delay " + delayMillis + "ms" + (this == JITTER ? " 2ms" : "");
        return delay + " " + netem + " rate " + rateMbits + "mbit limit " + limit;
    }

    /// Whether TCP sends at the rate in spite of it, if it is any good.
    boolean isMild() {
        return this != LOSS_1 && this != LOSS_5 && this != LOSS_10;
    }
}
