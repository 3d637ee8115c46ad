package dev.netstack4j.cli.control.message;

import dev.netstack4j.api.doc.Linux;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Names of Linux's constants with the numbers that they have on most architectures (asm-generic).
@Linux("include/uapi/asm-generic/socket.h")
public final class LinuxNames {
    private static final Map<String, Integer> VALUES = Map.copyOf(load());

    private LinuxNames() {}

    private static Map<String, Integer> load() {
        Map<String, Integer> values = new TreeMap<>();
        try (InputStream in = LinuxNames.class.getResourceAsStream("linux-names.txt")) {
            if (in == null) {
                throw new IllegalStateException("linux-names.txt is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                for (String pair : line.split(" ", -1)) {
                    int equals = pair.indexOf('=');
                    values.put(
                            pair.substring(0, equals),
                            Long.decode(pair.substring(equals + 1)).intValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }

    /// The number of `|`-joined names.
    ///
    /// @param field of the request, for the fault
    public static int value(String field, String names) throws Fault {
        int bits = 0;
        for (String name : names.split("\\|", -1)) {
            Integer value = VALUES.get(name.strip());
            if (value == null) {
                throw Fault.field(field, "has the unknown name '" + shortened(name) + "'");
            }
            bits |= value;
        }
        return bits;
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "...";
    }
}
