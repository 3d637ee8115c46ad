package dev.netstack4j.systemtests.kits.qemu;

import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.nic.igb.IgbModule;
import dev.netstack4j.testkit.kit.nic.NicAbility;
import dev.netstack4j.testkit.kit.nic.NicDriverConformance;
import dev.netstack4j.testkit.kit.nic.NicDriverSubject;
import dev.netstack4j.testkit.requires.Requires;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

/// QEMU's 82576 has no check sequence, and loses what its far end does not take.
@Tag("nightly")
@Requires(programs = "qemu-system-x86_64")
class IgbOnQemuConformanceTest extends NicDriverConformance {
    @Override
    protected NicDriverSubject subject() {
        EnumSet<NicAbility> all = EnumSet.allOf(NicAbility.class);
        all.remove(NicAbility.CHECK_SEQUENCE);
        all.remove(NicAbility.FLOW_CONTROL);
        return NicDriverSubject.pci(new IgbModule(), "qemu", "igb")
                .option("time", "warp")
                .option("queues", "2")
                .cannotJudge("NDO-52", "QEMU's model counts no frame that found no descriptor")
                .can(all.toArray(NicAbility[]::new))
                .runtime(seed -> StackFactory.find().realTime());
    }
}
