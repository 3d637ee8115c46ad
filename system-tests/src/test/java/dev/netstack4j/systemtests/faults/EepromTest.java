package dev.netstack4j.systemtests.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.systemtests.walk.Pair;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A card whose EEPROM is damaged.
class EepromTest {
    /// More cards than there are slots, so that one that is kept would be noticed.
    private static final int CARDS = 40;

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    @Mechanism("I18")
    void isNotTakenAndNothingOfItStays(String model) throws Exception {
        try (Pair pair = Pair.virtual()) {
            int before = pair.a.packets().live();
            for (int n = 0; n < CARDS; n++) {
                Wire wire = pair.a.hardware().wire("cable", Map.of("name", "damaged" + n));
                NetException e = assertThrows(
                        NetException.class,
                        () -> pair.a
                                .hardware()
                                .plug("emulated", model, Map.of("eeprom", "false", "dma", "checked"), wire));
                assertEquals(Errno.EIO, e.errno());
                assertTrue(
                        e.getMessage().contains("read the EEPROM, whose words add up to 0xbabb instead of 0xbaba"),
                        e.getMessage());
            }
            assertEquals(2, pair.a.links().all().size(), "lo and the good card");
            assertEquals(before, pair.a.packets().live());
            byte[] bytes = new byte[10_000];
            assertArrayEquals(bytes, pair.transfer(bytes));
        }
    }
}
