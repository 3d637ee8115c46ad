package dev.netstack4j.systemtests.kits.congestion;

/// What the reference congestion control does wrong.
enum Defect {
    NONE("", ""),
    THRESHOLD_ONE("CC-1", "halves down to a threshold of 1"),
    THRESHOLD_ZERO("CC-1", "divides by four without a least threshold"),
    IGNORES_LOSS("CC-2", "keeps its window after a loss"),
    SETS_WINDOW("CC-3", "sets the window when it is asked for the threshold"),
    SETS_THRESHOLD("CC-3", "sets the threshold when it is asked for it"),
    TRIPLES("CC-4", "grows by twice what was acknowledged"),
    GROWS_ON_NOTHING("CC-4", "grows by 5 packets at each tenth acknowledgement"),
    SHRINKS("CC-5", "shrinks when the round trip time grows"),
    CREEPS("CC-6", "grows by one a round in slow start"),
    OVERSHOOTS("CC-7", "doubles on above the threshold"),
    STANDS_STILL("CC-8", "does not grow above the threshold"),
    UNDO_TOO_FAR("CC-9", "returns to twice the window before the loss"),
    UNDO_BACK("CC-9", "returns to the threshold"),
    CHOKES_ON_CWR("CC-10", "throws for an event that it does not know"),
    NEEDS_INIT("CC-10", "needs that init was called"),
    DIVIDES_BY_RTT("CC-11", "divides by the round trip time"),
    OVERFLOWS("CC-11", "overflows with large windows"),
    SHARED("CC-12", "counts acknowledgements for all connections together"),
    SINGLETON("CC-12", "gives all connections one object"),
    REAL_CLOCK("CC-13", "asks the JVM for the time"),
    GARBAGE("CC-14", "makes an object for each acknowledgement"),
    SLEEPS("CC-15", "sleeps"),
    MISNAMED("CC-16", "is contributed under another name"),
    COLLAPSES("CC-17", "throws in recovery"),
    TINY("CC-18", "never has more than two packets"),
    GREEDY("CC-19", "the first connection is served, others have one packet");

    final String ruleId;
    final String sentence;

    Defect(String ruleId, String sentence) {
        this.ruleId = ruleId;
        this.sentence = sentence;
    }
}
