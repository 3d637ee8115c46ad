package dev.netstack4j.systemtests.kits.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionOps;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// Contributes the congestion control `reference`.
final class RefModule implements StackModule {
    static final String DEFECT = "net.reference.congestion_defect";

    private final String contributed;

    RefModule(Defect defect) {
        contributed = defect == Defect.MISNAMED ? "referenz" : "reference";
    }

    @Override
    public String name() {
        return "cc-reference";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.congestionControl(contributed, Ops.class);
    }

    static final class Ops implements CongestionOps {
        final Defect defect;
        int shared;
        int made;
        private @Nullable CongestionControl one;

        @Inject
        Ops(Sysctls sysctls) {
            Sysctl s = sysctls.declare(DEFECT, 0, 0, Defect.values().length, "what it does wrong");
            defect = Defect.values()[s.get()];
        }

        @Override
        public CongestionControl create() {
            CongestionControl before = one;
            CongestionControl made = defect == Defect.SINGLETON && before != null ? before : new RefControl(this);
            one = made;
            return made;
        }
    }
}
