package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.socket.SocketOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/socket-options.md` says of each option truly whether it is there, and each that is there is tried by a script.
class SocketOptionsPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z0-9_, ]+) \\| (yes|no) \\|", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("(SO|IP|TCP)_[A-Z0-9_]+");
    private static final Pattern CALL = Pattern.compile("[gs]etsockopt\\(\\w+, (\\w+)");
    private static final int LEAST = 85;

    private static Set<String> ofThePage(String answer) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "socket-options.md")));
        while (row.find()) {
            if (row.group(2).equals(answer)) {
                names.addAll(Arrays.asList(row.group(1).split(", ", -1)));
            }
        }
        return names;
    }

    private static Set<String> ofTheApi() {
        return Arrays.stream(SocketOption.class.getFields())
                .map(Field::getName)
                .filter(n -> OPTION.matcher(n).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void thePageNamesWhatIsThere() throws IOException {
        assertEquals(ofTheApi(), ofThePage("yes"));
        Set<String> absent = ofThePage("no");
        assertTrue(absent.stream().noneMatch(ofTheApi()::contains), absent.toString());
        assertTrue(absent.size() + ofTheApi().size() >= LEAST, "the manual pages have more");
    }

    @Test
    void aScriptTriesEachOption() throws IOException {
        Set<String> missing = ofTheApi();
        for (Path p : Scripts.all()) {
            CALL.matcher(Files.readString(p)).results().forEach(m -> missing.remove(m.group(1)));
        }
        assertEquals(Set.of(), missing);
    }
}
