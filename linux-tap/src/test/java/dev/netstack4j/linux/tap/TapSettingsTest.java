package dev.netstack4j.linux.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapSettingsTest {
    private static TapSettings of(String... pairs) throws NetException {
        Options.Builder b = OptionSchema.of(TapSettings.NAME, TapSettings.ADDRESS, TapSettings.MTU)
                .values();
        for (int i = 0; i < pairs.length; i += 2) {
            b.set(pairs[i], pairs[i + 1]);
        }
        return TapSettings.of(b.build());
    }

    @Test
    void onlyTheNameMustBeGiven() throws NetException {
        TapSettings s = of("name", "tap0");
        assertEquals(1500, s.mtu());
        assertNull(s.host());
    }

    @Test
    void everythingCanBeSaid() throws NetException {
        TapSettings s = of("name", "t-1.a_b", "address", "10.0.0.1/8", "mtu", "9000");
        assertEquals(9000, s.mtu());
        assertEquals(IpPrefix.parse("10.0.0.1/8"), s.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a name", "tap/0", "tap%d", "sixteen-letters-", "t\u00e4p"})
    void whatTheHostWouldNotTakeIsRefusedInWords(String name) {
        NetException e = assertThrows(NetException.class, () -> of("name", name));
        assertEquals(Errno.EINVAL, e.errno());
        assertTrue(e.getMessage().contains("'" + name + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"67", "65522", "-1"})
    void anMtuOutsideTheRangeIsRefused(String mtu) {
        assertThrows(NetException.class, () -> of("name", "tap0", "mtu", mtu));
    }
}
