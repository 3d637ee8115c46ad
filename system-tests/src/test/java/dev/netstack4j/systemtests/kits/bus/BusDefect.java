package dev.netstack4j.systemtests.kits.bus;

/// What a [PlainBus] does wrong.
public enum BusDefect {
    NONE("", "does nothing wrong"),
    WRONG_ID("BUS-2", "shows another id in configuration space"),
    EVERY_BAR("BUS-3", "maps bars that the device does not have"),
    FAR_ACCESS_THROWS("BUS-4", "throws when a register outside of the window is read"),
    GONE_ANSWERS("BUS-5", "answers for a device that was unplugged"),
    LISTS_UNPLUGGED("BUS-6", "still lists a device that was unplugged"),
    ANY_MODEL("BUS-7", "plugs in models that there are not"),
    SAME_ADDRESS("BUS-8", "gives two devices one address"),
    NOT_ZEROED("BUS-9", "does not zero the memory of rings"),
    UNALIGNED("BUS-9", "does not align the memory of rings"),
    KEEPS_MEMORY("BUS-10", "never gives freed ring memory out again"),
    THROWS_WHEN_SHORT("BUS-10", "throws when memory is short"),
    MAPS_ANYTHING("BUS-11", "maps what lies outside of memory"),
    WORST_KIND("BUS-12", "grants a line where a message was possible"),
    UNASKED_KIND("BUS-12", "grants a kind that nobody asked for"),
    TOO_MANY("BUS-13", "grants more vectors than were asked for"),
    TOO_FEW("BUS-13", "grants fewer vectors than do"),
    KEEPS_LINES("BUS-14", "never gives interrupt lines back"),
    ATTACHES_TWICE("BUS-15", "attaches a device twice to its wire"),
    DMA_WHEN_DISABLED("BUS-17", "lets a disabled device do DMA"),
    CLOSE_LEAVES("BUS-16", "leaves devices at work when it is closed");

    final String rule;
    final String sentence;

    BusDefect(String rule, String sentence) {
        this.rule = rule;
        this.sentence = sentence;
    }
}
