package dev.netstack4j.systemtests.kits.qemu;

import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.nic.e1000.E1000Module;
import dev.netstack4j.testkit.kit.nic.NicAbility;
import dev.netstack4j.testkit.kit.nic.NicDriverConformance;
import dev.netstack4j.testkit.kit.nic.NicDriverSubject;
import dev.netstack4j.testkit.requires.Requires;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

/// QEMU's 82540EM verifies no checksums, has no check sequence, and loses what its far end does not take.
@Tag("nightly")
@Requires(programs = "qemu-system-x86_64")
class E1000OnQemuConformanceTest extends NicDriverConformance {
    @Override
    protected NicDriverSubject subject() {
        EnumSet<NicAbility> all = EnumSet.allOf(NicAbility.class);
        all.remove(NicAbility.SEVERAL_QUEUES);
        all.remove(NicAbility.CHANNELS_CHANGE);
        all.remove(NicAbility.STEERING);
        all.remove(NicAbility.RX_CHECKSUM);
        all.remove(NicAbility.CHECK_SEQUENCE);
        all.remove(NicAbility.FLOW_CONTROL);
        return NicDriverSubject.pci(new E1000Module(), "qemu", "e1000")
                .option("time", "warp")
                .cannotJudge("NDO-62", "QEMU's model verifies no checksums, and no driver can see that")
                .can(all.toArray(NicAbility[]::new))
                .runtime(seed -> StackFactory.find().realTime());
    }
}
