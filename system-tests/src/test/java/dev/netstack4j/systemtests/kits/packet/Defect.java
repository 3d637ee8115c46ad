package dev.netstack4j.systemtests.kits.packet;

/// What the reference handler does wrong. The number of its rule is the same in both kits.
enum Defect {
    NONE(0, ""),
    DROPS_VALID(1, "drops a packet with a payload of 40 bytes"),
    KEEPS(2, "keeps every tenth packet"),
    THROWS_AT_NOISE(3, "throws at a packet whose kind it does not know"),
    READS_BEYOND(4, "reads a field that is not there"),
    TRUSTS_LENGTH(5, "takes the length in the packet for true"),
    WRITES(6, "writes into the packet"),
    SLEEPS(7, "sleeps"),
    NEEDS_MEMORY(8, "copies packets and throws without memory"),
    READS_LINEAR(9, "reads the first linear bytes, whether or not they are there"),
    DROPS_IN_BATCH(10, "drops a packet that comes within a microsecond of another one"),
    REAL_CHANCE(11, "drops some packets by chance of the JVM"),
    SULKS(12, "takes nothing any more after five bad packets"),
    ANSWERS_OTHERS(13, "answers packets that are for another station"),
    THROWS_IN_ERROR(13, "throws at an error that quotes less than it would like");

    final int rule;
    final String sentence;

    Defect(int rule, String sentence) {
        this.rule = rule;
        this.sentence = sentence;
    }
}
