package dev.netstack4j.nic.igb;

import dev.netstack4j.testkit.kit.nic.NicAbility;
import dev.netstack4j.testkit.kit.nic.NicDriverConformance;
import dev.netstack4j.testkit.kit.nic.NicDriverSubject;

class IgbConformanceTest extends NicDriverConformance {
    @Override
    protected NicDriverSubject subject() {
        return NicDriverSubject.pci(new IgbModule(), "emulated", "82576")
                .option("dma", "checked")
                .option("queues", "2")
                .can(NicAbility.values());
    }
}
