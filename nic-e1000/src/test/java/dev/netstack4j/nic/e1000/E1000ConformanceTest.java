package dev.netstack4j.nic.e1000;

import dev.netstack4j.testkit.kit.nic.NicAbility;
import dev.netstack4j.testkit.kit.nic.NicDriverConformance;
import dev.netstack4j.testkit.kit.nic.NicDriverSubject;
import java.util.EnumSet;

class E1000ConformanceTest extends NicDriverConformance {
    @Override
    protected NicDriverSubject subject() {
        EnumSet<NicAbility> all = EnumSet.allOf(NicAbility.class);
        all.remove(NicAbility.SEVERAL_QUEUES);
        all.remove(NicAbility.CHANNELS_CHANGE);
        all.remove(NicAbility.STEERING);
        return NicDriverSubject.pci(new E1000Module(), "emulated", "82540em")
                .option("dma", "checked")
                .can(all.toArray(NicAbility[]::new));
    }
}
