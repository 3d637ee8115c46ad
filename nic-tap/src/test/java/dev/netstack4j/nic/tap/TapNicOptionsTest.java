package dev.netstack4j.nic.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapNicOptionsTest {
    private static TapNicOptions of(String... pairs) throws NetException {
        Options.Builder b = TapNicOptions.SCHEMA.values();
        for (int i = 0; i < pairs.length; i += 2) {
            b.set(pairs[i], pairs[i + 1]);
        }
        return TapNicOptions.of(b.build());
    }

    @Test
    void aNameIsEnough() throws Exception {
        TapNicOptions o = of("name", "tap0");
        assertEquals("tap0", o.name());
        assertEquals(1500, o.mtu());
        assertNull(o.host());
        assertTrue(o.offloads());
        assertTrue(o.ethernet());
        assertFalse(of("name", "tun0", "mode", "ip").ethernet());
        assertThrows(NetException.class, () -> of("name", "tap0", "mode", "atm"));
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        TapNicOptions o = of("name", "t-1.a_b", "address", "10.0.0.1/8", "mtu", "9000", "offloads", "false");
        assertEquals(9000, o.mtu());
        assertEquals("10.0.0.1/8", String.valueOf(o.host()));
        assertFalse(o.offloads());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "sixteen_letters_"})
    void whatTheHostWouldNotTakeIsRefusedInWords(String name) {
        NetException e = assertThrows(NetException.class, () -> of("name", name));
        assertEquals(Errno.EINVAL, e.errno());
    }

    @ParameterizedTest
    @ValueSource(strings = {"67", "65522"})
    void anMtuOutsideTheRangeIsRefused(String mtu) {
        assertThrows(NetException.class, () -> of("name", "tap0", "mtu", mtu));
    }
}
