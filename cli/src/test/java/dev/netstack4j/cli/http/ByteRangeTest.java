package dev.netstack4j.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-99, 0, 99",
        "bytes=10-19, 10, 19",
        "bytes=10-, 10, 99",
        "bytes=99-, 99, 99",
        "bytes=90-1000, 90, 99",
        "bytes=-1, 99, 99",
        "bytes=-100, 0, 99",
        "bytes=-1000, 0, 99",
        "BYTES= 5-6, 5, 6"
    })
    void aRangeIsCutToTheFile(String header, long first, long last) throws HttpProblem {
        assertEquals(new ByteRange(first, last), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void aRangeOutsideTheFileIsNotSatisfiable(String header) {
        HttpProblem e = assertThrows(HttpProblem.class, () -> ByteRange.of(header, 100));
        assertEquals(HttpStatus.RANGE_NOT_SATISFIABLE, e.status());
        assertEquals("bytes */100", Answer.to(e).headers().get("Content-Range"));
    }

    @Test
    void anEmptyFileHasNoRange() {
        assertThrows(HttpProblem.class, () -> ByteRange.of("bytes=-5", 0));
        assertThrows(HttpProblem.class, () -> ByteRange.of("bytes=0-", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "items=0-1", "bytes=0-1,3-4", "bytes=1"})
    void whatIsNoSingleRangeIsIgnored(String header) throws HttpProblem {
        @Nullable ByteRange none = ByteRange.of(header, 100);
        assertNull(none);
        assertNull(ByteRange.of(null, 100));
    }
}
