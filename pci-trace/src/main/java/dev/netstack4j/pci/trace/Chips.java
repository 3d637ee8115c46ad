package dev.netstack4j.pci.trace;

import dev.netstack4j.api.hardware.PciId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The chips whose words are known. A new one is a data file and a line here.
final class Chips {
    private static final Map<String, PciId> KNOWN =
            Map.of("82540em", PciId.of(0x8086, 0x100E), "82576", PciId.of(0x8086, 0x10C9));

    private Chips() {}

    /// The chip of that identity; one without names when none is known.
    static Chip of(PciId id) throws IOException {
        for (Map.Entry<String, PciId> known : KNOWN.entrySet()) {
            if (known.getValue().matches(id)) {
                return read(known.getKey());
            }
        }
        return new Chip("unknown", Map.of(), List.of(), Map.of(), Map.of());
    }

    private static Chip read(String name) throws IOException {
        try (InputStream in = Chips.class.getResourceAsStream(name + ".chip")) {
            if (in == null) {
                throw new IOException("the data file of chip " + name + " is missing");
            }
            return new ChipReader(name).read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
