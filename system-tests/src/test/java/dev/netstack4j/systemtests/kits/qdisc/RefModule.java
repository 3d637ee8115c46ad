package dev.netstack4j.systemtests.kits.qdisc;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the qdisc `reference`.
final class RefModule implements StackModule {
    static final Option<Integer> LIMIT = Option.of("limit", OptionTypes.INTEGER, 50, "most packets, above 0");
    static final Option<Integer> RATE = Option.of("rate", OptionTypes.INTEGER, 0, "bytes a second; 0: no bound");
    static final Option<Integer> BURST = Option.of("burst", OptionTypes.INTEGER, 3000, "bytes of the bucket");
    static final Option<Boolean> EVICT =
            Option.of("evict", OptionTypes.FLAG, false, "drops the oldest packet instead of the new one");
    static final Option<Boolean> FIXED = Option.of("fixed", OptionTypes.FLAG, false, "cannot be changed");
    static final Option<String> DEFECT = Option.of("defect", OptionTypes.TEXT, "NONE", "what it does wrong");
    static final OptionSchema SCHEMA = OptionSchema.of(LIMIT, RATE, BURST, EVICT, FIXED, DEFECT);

    @Override
    public String name() {
        return "qdisc-reference";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.qdisc("reference", SCHEMA, RefOps.class);
    }
}
