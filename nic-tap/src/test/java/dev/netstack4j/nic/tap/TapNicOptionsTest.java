package dev.netstack4j.nic.tap;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.linux.tap.TapSettings;
import org.junit.jupiter.api.Test;

class TapNicOptionsTest {
    private static TapSettings of(String... pairs) throws NetException {
        Options.Builder b = TapNicOptions.SCHEMA.values();
        for (int i = 0; i < pairs.length; i += 2) {
            b.set(pairs[i], pairs[i + 1]);
        }
        return TapNicOptions.of(b.build());
    }

    @Test
    void aNameIsEnough() throws Exception {
        TapSettings s = of("name", "tap0");
        assertTrue(s.headers());
        assertTrue(s.ethernet());
        assertFalse(s.persist());
    }

    @Test
    void offloadsCanBeLeftOutAndHeadersToo() throws Exception {
        assertFalse(of("name", "tap0", "offloads", "false").headers());
        assertFalse(of("name", "tun0", "mode", "ip").ethernet());
        assertThrows(NetException.class, () -> of("name", "tap0", "mode", "atm"));
    }
}
