package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.bus.emulated.i82540em.Chip82540em;
import dev.netstack4j.bus.emulated.i82576.Chip82576;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The chips that there are. A new chip is one more line here.
final class Models {
    /// Names, as `plug` takes them.
    static final List<String> NAMES = List.of("82540em", "82576");

    private Models() {}

    static @Nullable ModelFactory find(String name) {
        return switch (name) {
            case "82540em" -> Chip82540em::new;
            case "82576" -> Chip82576::new;
            default -> null;
        };
    }
}
