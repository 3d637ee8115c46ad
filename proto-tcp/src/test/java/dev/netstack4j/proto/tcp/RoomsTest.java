package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Later rooms call earlier ones, never back.
class RoomsTest {
    private static final String ROOT = "dev.netstack4j.proto.tcp";
    private static final List<String> ORDER = List.of(
            "header",
            "fastopen",
            "control",
            "congestion",
            "recovery",
            "events",
            "output",
            "input",
            "state",
            "timer",
            "demux",
            "offload",
            "socket",
            "");

    @Test
    void no_room_knows_a_later_one() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (JavaClass c : classes) {
            if (c.getName().contains("Test") || c.getPackageName().endsWith(".net")) {
                continue;
            }
            seen++;
            for (Dependency d : c.getDirectDependenciesFromSelf()) {
                String to = d.getTargetClass().getPackageName();
                if (to.startsWith(ROOT) && rank(to) > rank(c.getPackageName())) {
                    wrong.add(d.getDescription());
                }
            }
        }
        assertTrue(seen > 60, "saw only " + seen + " classes");
        assertEquals(List.of(), wrong);
    }

    private static int rank(String name) {
        String room = name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
        int rank = ORDER.indexOf(room);
        assertTrue(rank >= 0, "unknown room " + room);
        return rank;
    }
}
