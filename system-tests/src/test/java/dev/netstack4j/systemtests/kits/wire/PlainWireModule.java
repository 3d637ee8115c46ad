package dev.netstack4j.systemtests.kits.wire;

import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;

/// Contributes the wire kind `plain`.
final class PlainWireModule implements StackModule {
    static final Option<String> NAME = Option.required("name", OptionTypes.TEXT, "the same at both ends");
    static final Option<String> DEFECT = Option.of("defect", OptionTypes.TEXT, "NONE", "a name of WireDefect");

    @Override
    public String name() {
        return "test-plain-wire";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.wire("plain", OptionSchema.of(NAME, DEFECT), Ops.class);
    }

    static final class Ops implements WireOps {
        @Inject
        Ops() {}

        @Override
        public Wire create(WireContext context, Options options) {
            WireDefect defect = WireDefect.valueOf(options.get(DEFECT));
            String name = defect == WireDefect.MIXES ? "all" : options.get(NAME);
            PlainWire.Pair pair =
                    context.runtime().shared(PlainWire.Pair.class, "plain wire " + name, PlainWire.Pair::new);
            return new PlainWire(context, pair, defect);
        }

        @Override
        public boolean touchesOutside() {
            return false;
        }
    }
}
