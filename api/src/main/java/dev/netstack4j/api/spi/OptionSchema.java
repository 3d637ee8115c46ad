package dev.netstack4j.api.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of one contribution. Serves the command line, the Java builder and listings alike.
public final class OptionSchema {
    /// No options.
    public static final OptionSchema NONE = of();

    private final List<Option<?>> options;

    private OptionSchema(List<Option<?>> options) {
        this.options = options;
    }

    /// These options, in this order.
    public static OptionSchema of(Option<?>... options) {
        return new OptionSchema(List.of(options));
    }

    /// The options.
    public List<Option<?>> options() {
        return options;
    }

    /// The option of that name, or null.
    public @Nullable Option<?> find(String name) {
        for (Option<?> o : options) {
            if (o.name().equals(name)) {
                return o;
            }
        }
        return null;
    }

    /// Begins a set of values.
    public Options.Builder values() {
        return new Options.Builder(this);
    }
}
