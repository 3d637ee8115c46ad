package dev.netstack4j.bus.qemu.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The network devices for PCI that a QEMU has, as it lists them itself.
public final class Models {
    private static final Pattern DEVICE = Pattern.compile("name \"([^\"]+)\", bus PCI.*");

    /// Listed among network devices, but it is a switch: its ports are no network cards of its machine.
    private static final String SWITCH = "rocker";

    private Models() {}

    /// Asks the program. Process context.
    public static List<String> of(String program) throws IOException {
        Process p = Programs.start(new ProcessBuilder(program, "-device", "help").redirectErrorStream(true));
        try (BufferedReader lines = p.inputReader()) {
            return parse(lines.lines().toList());
        } finally {
            p.destroyForcibly();
            Programs.awaitEnd(p);
        }
    }

    static List<String> parse(List<String> lines) {
        List<String> models = new ArrayList<>();
        boolean network = false;
        for (String line : lines) {
            if (line.endsWith("devices:")) {
                network = line.startsWith("Network");
            }
            Matcher m = DEVICE.matcher(line);
            if (network && m.matches() && !m.group(1).equals(SWITCH)) {
                models.add(m.group(1));
            }
        }
        return models;
    }
}
