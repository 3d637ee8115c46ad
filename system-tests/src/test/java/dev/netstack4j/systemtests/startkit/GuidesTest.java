package dev.netstack4j.systemtests.startkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every Java listing of a guide stands in a source that is compiled and tested.
class GuidesTest {
    @Test
    void everyListingStandsInItsSource() throws Exception {
        List<String> wrong = new ArrayList<>();
        List<Guides.Listing> all = Guides.listings();
        for (Guides.Listing l : all) {
            if (!l.isTrue()) {
                wrong.add(l.guide() + ": the listing from '" + l.source() + "' beginning "
                        + l.text().lines().findFirst().orElse(""));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(all.size() >= 5, "only " + all.size() + " listings were seen");
    }
}
