package dev.netstack4j.systemtests.kits.qdisc;

/// What the reference qdisc does wrong.
enum Defect {
    NONE("", ""),
    LOSES_SILENTLY("QDISC-1", "loses a packet when it is full, without a reason"),
    CONSUMES("QDISC-1", "ends packets as sent when it is full"),
    KEEPS_ON_RESET("QDISC-11", "keeps one packet on reset"),
    SAYS_SUCCESS("QDISC-2", "says that it took a packet that it dropped"),
    SAYS_DROP("QDISC-2", "says that it dropped a packet that it keeps"),
    NO_RESULT("QDISC-2", "returns the number of packets instead of a result"),
    ONE_TOO_MANY("QDISC-3", "gives one packet more than was asked for"),
    IGNORES_BYTES("QDISC-4", "does not look at the bytes asked for"),
    ONE_BEYOND_BYTES("QDISC-4", "gives one more when the bytes are reached exactly"),
    MISCOUNTS("QDISC-5", "counts what was in the list before"),
    PREPENDS("QDISC-5", "puts packets before those in the list"),
    REORDERS("QDISC-6", "swaps two packets of a flow now and then"),
    LAST_FIRST("QDISC-6", "gives the youngest packet first"),
    SULKS("QDISC-7", "gives none though it has some"),
    DRAINS_BACKWARDS("QDISC-8", "drains the youngest packet first"),
    DRAINS_SOME("QDISC-8", "drains what may leave now only"),
    LENGTH_WITHOUT_DROPS("QDISC-9", "counts packets that it dropped"),
    LENGTH_AFTER_DRAIN("QDISC-9", "forgets to count what was drained"),
    BYTES_OF_HEAD("QDISC-10", "counts the linear bytes twice now and then"),
    BYTES_AFTER_RESET("QDISC-10", "does not set the bytes back on reset"),
    HIDES_EVICTION("QDISC-12", "drops another packet and says that all was well"),
    LIMIT_PLUS_ONE("QDISC-13", "holds one packet more than its limit"),
    LIMIT_MINUS_ONE("QDISC-13", "holds one packet less than its limit"),
    CHOKES_ON_EMPTY("QDISC-14", "divides by the length of a packet"),
    CHOKES_ON_PRIORITY("QDISC-14", "takes the priority as an index"),
    READS_HEADER("QDISC-14", "reads the header of packets that have none"),
    WRITES_TOS("QDISC-15", "writes into the bytes of a packet"),
    SETS_PRIORITY("QDISC-15", "changes the priority of a packet"),
    COPIES("QDISC-16", "copies packets, and fails without memory"),
    TOUCHES_GIVEN("QDISC-17", "sets the control block of the packet that it gave before"),
    COUNTS_LATE("QDISC-17", "counts the bytes of a packet after it gave it"),
    FORGETS_WATCHDOG("QDISC-18", "does not arm its watchdog"),
    FORGETS_EVERY_THIRD("QDISC-18", "does not arm its watchdog each third time"),
    WATCHDOG_LATE("QDISC-19", "is woken a microsecond late"),
    WATCHDOG_EARLY("QDISC-19", "is woken too early"),
    TOKEN_EARLY("QDISC-20", "lets a packet leave when half of it has accrued"),
    FULL_AFTER_PAUSE("QDISC-20", "has no end to its bucket"),
    TOO_SLOW("QDISC-21", "loses a part of what accrues"),
    KEEPS_REQUEST("QDISC-22", "leaves its watchdog armed on reset"),
    KEEPS_DEBT("QDISC-23", "keeps its bucket as it is on reset"),
    FALSE_BYPASS("QDISC-24", "says that packets may pass it by though it holds back"),
    CHANGE_EMPTIES("QDISC-25", "drops everything when it is changed"),
    CHANGE_FORGETS_LIMIT("QDISC-26", "keeps its old limit when it is changed"),
    CHANGE_DOES_NOTHING("QDISC-27", "takes a change and does nothing"),
    CHANGE_HALF("QDISC-28", "takes half of a change that it refuses"),
    TAKES_ALL_OPTIONS("QDISC-29", "takes options that make no sense"),
    THROWS_ARGUMENT("QDISC-29", "throws something else than a NetException"),
    TWO_LINES("QDISC-30", "describes itself in two lines"),
    DESCRIBE_TAKES("QDISC-30", "takes a packet's tokens when it is described"),
    KEEPS_CPU("QDISC-31", "keeps the first CPU that it saw"),
    SLEEPS("QDISC-32", "sleeps"),
    GARBAGE("QDISC-33", "makes an object for each packet"),
    REAL_CLOCK("QDISC-34", "asks the JVM for the time"),
    REAL_CHANCE("QDISC-34", "asks the JVM for random numbers"),
    SHARED_TOKENS("QDISC-35", "shares its bucket with others of its kind");

    final String ruleId;
    final String sentence;

    Defect(String ruleId, String sentence) {
        this.ruleId = ruleId;
        this.sentence = sentence;
    }
}
