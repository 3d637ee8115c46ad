package dev.netstack4j.qdisc.pfifofast;

import dev.netstack4j.api.doc.Linux;

/// From packet priority to band, by the usual map: interactive and control traffic in band 0, best effort in band 1,
/// bulk and filler in band 2.
@Linux("net/sched/sch_generic.c#sch_default_prio2band")
final class PriorityMap {
    /// Two bits for each priority, the lowest priority in the lowest bits: 1 2 2 2  1 2 0 0  1 1 1 1  1 1 1 1.
    private static final int BANDS = 0x5555_0000 | 0b00_00_10_01_10_10_10_01;

    private PriorityMap() {}

    /// The band of a priority; priorities above 15 count modulo 16.
    static int bandOf(int priority) {
        return BANDS >>> (priority & 15) * 2 & 3;
    }
}
