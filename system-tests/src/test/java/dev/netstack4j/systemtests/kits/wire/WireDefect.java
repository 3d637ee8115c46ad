package dev.netstack4j.systemtests.kits.wire;

/// What a [PlainWire] does wrong, and which rule says so.
enum WireDefect {
    NONE("", "does nothing wrong"),
    UP_ALONE("WIRE-1", "is up with nobody at the other end"),
    TELLS_NOBODY("WIRE-1", "does not tell that the link is up"),
    SHORTENS("WIRE-2", "loses the last byte of long frames"),
    FIRST_PIECE("WIRE-2", "carries only the first five pieces"),
    REORDERS("WIRE-3", "lets frames overtake each other"),
    DOUBLES("WIRE-3", "carries a frame twice"),
    OVERSTATES("WIRE-4", "says that it took all when it was full"),
    TAKES_NONE_WRONG("WIRE-4", "says 1 for an empty batch"),
    NEVER_RESUMES("WIRE-5", "never calls resume"),
    FORGETS_HELD("WIRE-6", "loses what the device did not take"),
    REPEATS_HELD("WIRE-6", "brings again what the device took already"),
    KEEPS_MEMORY("WIRE-7", "keeps the sender's memory"),
    HEALS("WIRE-8", "forgets that a frame is damaged"),
    INVENTS_OFFLOADS("WIRE-9", "says that checksums are left to do"),
    TALKS_AFTER_CLOSE("WIRE-10", "calls a device whose end was closed"),
    THROWS_ALONE("WIRE-11", "throws when the other end is gone"),
    REPEATS_LINK("WIRE-12", "tells of the link again and again"),
    ONE_BLOCKS_BOTH("WIRE-13", "stops both directions when one stands"),
    NOT_REENTRANT("WIRE-14", "takes nothing while it delivers"),
    THROWS_ON_LONG("WIRE-15", "throws when a frame is very long"),
    MIXES("WIRE-16", "joins all wires of its kind"),
    LOSES_RARELY("WIRE-17", "loses a frame in five hundred"),
    OWN_TIME("WIRE-18", "delivers when it pleases"),
    LEAVES_OPEN("WIRE-19", "leaves checksums to a device that takes nothing"),
    SUMS_WRONG("WIRE-19", "completes a checksum without the pseudo-header"),
    FINS_ALL("WIRE-19", "cuts super-frames into segments that all end the connection"),
    NUMBERS_BYTES("WIRE-19", "counts segments where sequence numbers count bytes"),
    FORGETS_OPEN("WIRE-20", "forgets that a checksum is left open"),
    FORGETS_SIZE("WIRE-20", "hands over super-frames with another segment size");

    final String rule;
    final String sentence;

    WireDefect(String rule, String sentence) {
        this.rule = rule;
        this.sentence = sentence;
    }
}
