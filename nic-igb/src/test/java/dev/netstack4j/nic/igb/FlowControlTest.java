package dev.netstack4j.nic.igb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of annex 28B, row by row.
class FlowControlTest {
    private static int bits(String text) {
        return (text.contains("P") ? FlowControl.PAUSE : 0) | (text.contains("A") ? FlowControl.ASYMMETRIC : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "-,-,false,false",
        "-,PA,false,false",
        "A,P,false,false",
        "A,A,false,false",
        "A,PA,false,true",
        "P,-,false,false",
        "P,A,false,false",
        "P,P,true,true",
        "P,PA,true,true",
        "PA,-,false,false",
        "PA,A,true,false",
        "PA,P,true,true",
        "PA,PA,true,true"
    })
    void bothEndsAgree(String own, String partner, boolean obeys, boolean sends) {
        assertEquals(obeys, FlowControl.obeys(bits(own), bits(partner)));
        assertEquals(sends, FlowControl.sends(bits(own), bits(partner)));
    }

    @Test
    void whatIsWantedIsAdvertised() {
        assertEquals(bits("PA"), FlowControl.bits(true, true));
        assertEquals(bits("PA"), FlowControl.bits(true, false));
        assertEquals(bits("A"), FlowControl.bits(false, true));
        assertEquals(0, FlowControl.bits(false, false));
    }
}
