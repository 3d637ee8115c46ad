package dev.netstack4j.wire.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapOptionsTest {
    @Test
    void onlyTheNameMustBeGiven() throws NetException {
        TapOptions o = TapOptions.of(WireBench.options(Map.of("name", "tap0")));
        assertEquals(1500, o.mtu());
        assertNull(o.host());
    }

    @Test
    void theHostsAddressHasAPrefix() throws NetException {
        TapOptions o = TapOptions.of(WireBench.options(Map.of("name", "tap0", "address", "10.77.0.1/24")));
        assertEquals(IpPrefix.parse("10.77.0.1/24"), o.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a name", "tap/0", "tap%d", "sixteen-letters-", "täp"})
    void badNamesAreRefused(String name) {
        NetException e = assertThrows(NetException.class, () -> TapOptions.of(WireBench.options(Map.of("name", name))));
        assertEquals(Errno.EINVAL, e.errno());
        assertTrue(e.getMessage().contains("'" + name + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"67", "65522", "-1"})
    void badMtusAreRefused(String mtu) {
        assertThrows(NetException.class, () -> TapOptions.of(WireBench.options(Map.of("name", "t", "mtu", mtu))));
    }
}
