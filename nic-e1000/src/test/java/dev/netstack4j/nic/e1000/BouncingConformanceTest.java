package dev.netstack4j.nic.e1000;

import dev.netstack4j.testkit.kit.nic.NicDriverSubject;
import org.junit.jupiter.api.Tag;

/// The same rules with every mapping copied through a buffer of its own, so that a sync that is missing shows.
@Tag("nightly")
class BouncingConformanceTest extends E1000ConformanceTest {
    @Override
    protected NicDriverSubject subject() {
        return super.subject().option("dma", "bounce");
    }
}
