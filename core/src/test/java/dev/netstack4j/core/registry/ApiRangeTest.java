package dev.netstack4j.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRangeTest {
    @ParameterizedTest
    @CsvSource({
        "1.3, 1.3.0, true",
        "1.3, 1.4, true",
        "1.3, 1.2, false",
        "1.3, 2.3, false",
        "0.1, 0.1.7, true",
        "0.1, 0.2, true",
        "0.2, 0.1, false",
        "0.1, 1.1, false",
        "1.3.2-rc1, 1.3, true",
    })
    void built_against_a_minor_version_means_that_one_or_a_later_one_of_the_same_major(
            String built, String present, boolean fits) {
        assertEquals(fits, ApiRange.builtAgainst(built).accepts(ApiRange.builtAgainst(present)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "latest", "1.x", "-1.2", "1.123456789"})
    void what_is_no_version_is_none(String text) {
        assertNull(ApiRange.builtAgainst(text));
    }
}
