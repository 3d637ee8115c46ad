package dev.netstack4j.systemtests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.walk.Pair;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the page `docs/faults-and-traces.md` shows.
class GuideTest {
    @Test
    void aDeviceCanBeBrokenLaterOrFromTheBeginning() throws Exception {
        try (Pair pair = Pair.virtual()) {
            Stack host = pair.a;
            NetDevice eth0 = host.device("eth0");
            Wire wire = host.hardware().wire("cable", Map.of("name", "second"));
            host.hardware().inject(eth0, "late-writeback:5ms");
            Map<String, String> options = Map.of("fault", "refuse-msix+dma-error:2@50ms");
            NetDevice eth1 = host.hardware().plug("emulated", "82576", options, wire);
            host.links().ethtool(eth1, e -> assertTrue(e.driverInfo().contains("MSI"), e.driverInfo()));
            host.links().ethtool(eth1, e -> assertEquals(1, e.channels()));
            assertEquals(10, pair.transfer(new byte[10]).length);
        }
    }
}
