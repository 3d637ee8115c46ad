package dev.netstack4j.qdisc.tbf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TbfSettingsTest {
    static Options options(String text) {
        Options.Builder b = TbfOptions.SCHEMA.values();
        for (String pair : text.split(" ")) {
            String[] parts = pair.split("=");
            b.set(parts[0], parts[1]);
        }
        return b.build();
    }

    private static TbfSettings settings(String text) throws NetException {
        return TbfSettings.of(options(text));
    }

    @Test
    void aFastRateGetsABurstOfFourMilliseconds() throws NetException {
        TbfSettings s = settings("rate=40gbit");
        assertEquals(5_000_000_000L, s.rate());
        assertEquals(20_000_000, s.burst());
        assertEquals(32 << 20, s.limit());
    }

    @Test
    void aSlowRateGetsABurstThatPassesTheLongestPacket() throws NetException {
        assertEquals(66 << 10, settings("rate=1mbit").burst());
    }

    @Test
    void aLatencySetsTheLimitFromTheRate() throws NetException {
        assertEquals(
                125_000 / 5 + 10_240,
                settings("rate=1mbit burst=10k latency=200ms").limit());
        assertEquals(
                500_000_000L + 20_000_000, settings("rate=40gbit latency=100ms").limit());
    }

    @Test
    void thePeakBucketBoundsTheLongestPacket() throws NetException {
        assertEquals(
                1600, settings("rate=1mbit burst=10k peakrate=2mbit mtu=1600").longestPacket());
        assertEquals(10_240, settings("rate=1mbit burst=10k").longestPacket());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate=7",
                "rate=2000gbit",
                "rate=1mbit limit=10k latency=1ms",
                "rate=1mbit peakrate=1mbit",
                "rate=1mbit burst=5g",
                "rate=1mbit latency=101s"
            })
    void optionsThatMakeNoSenseAreRefused(String text) {
        assertEquals(
                Errno.EINVAL,
                assertThrows(NetException.class, () -> settings(text)).errno());
    }
}
