package dev.netstack4j.systemtests.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.doc.Mechanism;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The golden traces of igb's probe and opening: each step at its place, and nothing else.
class ProbeOrderTest {
    @TempDir
    private Path folder;

    private List<String> trace() throws Exception {
        Path file = folder.resolve("trace");
        Recorded.onEmulated("82576", file);
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                String event = line.substring(line.indexOf(' ')).strip().replaceAll(" = .*", "");
                event = event.replaceAll("^(w (MTA|VFTA|RETA|RSSRK|IVAR|EITR))\\d+$", "$1");
                if (names.isEmpty() || !names.getLast().equals(event)) {
                    names.add(event);
                }
            }
        }
        return names;
    }

    private static final List<String> PREPARED = List.of(
            "w RAL0",
            "w RAH0",
            "w MTA",
            "w VFTA",
            "w FCAL",
            "w FCAH",
            "w FCT",
            "w FCTTV",
            "w FCRTV",
            "r RXPBS",
            "w FCRTL",
            "w FCRTH",
            "w RSSRK",
            "w RETA",
            "w MRQC",
            "r CTRL",
            "w CTRL",
            "w VET",
            "w MDIC",
            "r MDIC",
            "r STATUS",
            "w MDIC",
            "r MDIC");

    @Test
    @Mechanism("I17")
    void theProbeTakesItsStepsInTheirOrder() throws Exception {
        List<String> expected = new ArrayList<>(List.of(
                "slot enable", // 1
                "slot map-bar", // 2
                "w IMC", // 3: reset
                "w EIMC",
                "w RCTL",
                "w TCTL",
                "r STATUS",
                "r CTRL",
                "w CTRL",
                "r CTRL",
                "w IMC",
                "w EIMC",
                "r ICR"));
        for (int word = 0; word < 64; word++) {
            expected.addAll(List.of("w EERD", "r EERD")); // 4
        }
        expected.add("slot vectors"); // 6, after the network device was made
        List<String> names = trace();
        List<String> seen = names.subList(0, expected.size());
        assertEquals(expected, seen);
        List<String> prepared = names.subList(expected.size(), names.indexOf("slot coherent"));
        assertEquals(PREPARED, prepared); // 7; registering (8) touches no register
    }

    @Test
    @Mechanism("I18")
    void theOpeningTakesItsStepsInTheirOrderAndClosingUndoesThemInReverse() throws Exception {
        List<String> names = trace();
        int opening = names.indexOf("slot coherent");
        List<String> expected =
                new ArrayList<>(List.of("slot coherent", "slot irq-request")); // 2, 3; polls (4) show not
        expected.addAll(PREPARED); // 5
        expected.addAll(List.of("r CTRL_EXT", "w CTRL_EXT", "w GPIE", "w IVAR", "w IVAR_MISC", "w EIAC", "w EIAM"));
        expected.addAll(List.of("w EITR", "w RXCSUM", "w RLPML"));
        expected.addAll(List.of("w TXDCTL0", "w TDBAL0", "w TDBAH0", "w TDLEN0", "w TDH0", "w TDT0", "w TXDCTL0"));
        expected.addAll(List.of("r TXDCTL0", "w RXDCTL0", "w RDBAL0", "w RDBAH0", "w RDLEN0", "w SRRCTL0", "w RDH0"));
        expected.addAll(List.of("w RDT0", "w RXDCTL0", "r RXDCTL0", "w TCTL", "w RCTL", "post rx0[0-254]", "w RDT0"));
        expected.addAll(List.of("w EIMS", "w IMS")); // 6
        assertEquals(expected, names.subList(opening, opening + expected.size()));
        List<String> end = names.subList(names.lastIndexOf("r CTRL_EXT"), names.size());
        assertEquals(
                List.of(
                        "r CTRL_EXT",
                        "w CTRL_EXT",
                        "w IMC",
                        "w EIMC",
                        "w RCTL",
                        "w TCTL",
                        "r STATUS",
                        "r CTRL",
                        "w CTRL",
                        "r CTRL",
                        "w IMC",
                        "w EIMC",
                        "r ICR",
                        "slot irq-free",
                        "slot coherent-freed",
                        "slot vectors-freed",
                        "slot disable"),
                end);
    }
}
