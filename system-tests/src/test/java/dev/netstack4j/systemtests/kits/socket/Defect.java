package dev.netstack4j.systemtests.kits.socket;

/// What a reference family does wrong.
enum Defect {
    NONE(0, true, ""),
    MAKES_ONE_SOCKET(1, true, "gives the same socket again"),
    LISTENS(2, true, "lets datagram sockets listen"),
    KEEPS_QUEUE(3, true, "leaves its queue alone at its end"),
    KEEPS_ADDRESS(4, true, "keeps its address at its end"),
    FEEDS_CLOSED(5, true, "queues packets for a socket that has ended"),
    HAS_ALWAYS_A_PEER(6, true, "names a peer that there is not"),
    SHARES_ADDRESS(7, true, "gives an address to a second socket"),
    TAKES_FOREIGN(8, true, "takes an address of another family"),
    LOSES(9, true, "loses every ninth message"),
    REVERSES(9, false, "puts what comes before what waits"),
    HIDES_THE_CUT(10, true, "cuts a message and does not say so"),
    KEEPS_THE_REST(10, true, "keeps the rest of a message that it cut"),
    IGNORES_LIMIT(11, false, "gives more than the limit in a stretch"),
    COUNTS_WRONG(11, true, "says that it took one byte more"),
    SAYS_ZERO(12, true, "says 0 when nothing is there"),
    TAKES_PEEKED(13, true, "takes what was only looked at"),
    ENDS_EARLY(14, false, "ends the stream before its last bytes"),
    NEVER_ENDS(14, false, "says EAGAIN at the end of the stream"),
    REPEATS_ERRORS(15, true, "tells an error again and again"),
    HIDES_ERRORS(15, true, "does not say ERR in poll"),
    SENDS_AFTER_SHUTDOWN(16, false, "sends after shutdown"),
    READS_AFTER_SHUTDOWN(17, false, "says EAGAIN after shutdown"),
    NEVER_SAYS_IN(18, true, "never says IN"),
    ALWAYS_SAYS_IN(18, true, "always says IN"),
    ALWAYS_SAYS_OUT(19, true, "always says OUT"),
    TAKES_ERROR_IN_POLL(20, true, "takes the error in poll"),
    LOOKS_AND_TAKES(20, true, "takes a message while it looks whether one is there"),
    IGNORES_THE_OWNER(21, true, "queues a packet although somebody owns the socket"),
    DROPS_FOR_THE_OWNER(21, true, "drops a packet because somebody owns the socket"),
    SLEEPS(22, true, "sleeps while it sends"),
    READS_FREE(23, true, "charges nothing to the reader"),
    SENDS_FREE(24, true, "charges nothing to the sender"),
    NO_RECEIVE_LIMIT(25, true, "queues as much as comes"),
    NO_SEND_LIMIT(26, true, "takes as much as is sent"),
    WAKES_NO_READER(27, true, "wakes no reader"),
    WAKES_NO_READER_AT_END(27, false, "wakes no reader at the end of the stream"),
    WAKES_NO_WRITER(28, false, "wakes no writer"),
    WAKES_NO_ACCEPT(29, false, "does not tell a listener that a client is there"),
    WAKES_NO_CONNECT(30, false, "does not tell a client that it is connected"),
    WAITS_FOR_NOBODY(31, false, "connects for ever where nobody is"),
    ACCEPTS_NEWEST(32, false, "gives the newest connection first"),
    HIDES_CLIENTS(32, false, "does not say IN when a client waits"),
    ONE_TOO_MANY(33, false, "lets one connection more wait than it may"),
    FORGETS_CLIENTS(34, false, "leaves clients alone that nobody took"),
    CASTS(35, true, "throws at an address of another family"),
    THROWS_AT_LENGTH(35, true, "throws at a message that is too long"),
    TAKES_ANY_OPTION(36, true, "takes any option"),
    NEEDS_MEMORY(37, true, "throws when memory is used up"),
    TRUSTS_LENGTH(38, true, "takes the length in a packet for true"),
    REAL_CHANCE(39, true, "loses by chance of the JVM");

    final int rule;
    final boolean datagram;
    final String sentence;

    Defect(int rule, boolean datagram, String sentence) {
        this.rule = rule;
        this.datagram = datagram;
        this.sentence = sentence;
    }
}
