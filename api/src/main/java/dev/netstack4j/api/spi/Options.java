package dev.netstack4j.api.spi;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values of the options of one schema. Immutable.
public final class Options {
    /// Of no schema, without values.
    public static final Options NONE = OptionSchema.NONE.values().build();

    private final Map<String, Object> values;

    private Options(Map<String, Object> values) {
        this.values = values;
    }

    /// The value of an option: as given, or its default.
    ///
    /// @throws IllegalArgumentException when it must be given and was not
    @SuppressWarnings("unchecked")
    public <T> T get(Option<T> option) {
        Object given = values.get(option.name());
        T value = given == null ? option.defaultValue() : (T) given;
        if (value == null) {
            throw new IllegalArgumentException("option '" + option.name() + "' is missing: " + option.description());
        }
        return value;
    }

    /// Whether the option was given.
    public boolean has(Option<?> option) {
        return values.containsKey(option.name());
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /// Collects values; checks names and texts at once.
    public static final class Builder {
        private final OptionSchema schema;
        private final Map<String, Object> values = new TreeMap<>();

        Builder(OptionSchema schema) {
            this.schema = schema;
        }

        /// Sets a value.
        public <T> Builder set(Option<T> option, T value) {
            values.put(option.name(), value);
            return this;
        }

        /// Sets a value from text.
        ///
        /// @throws IllegalArgumentException when there is no such option or the text does not fit, with a sentence for
        ///     people
        public Builder set(String name, String text) {
            Option<?> option = schema.find(name);
            if (option == null) {
                throw new IllegalArgumentException("there is no option '" + name + "'; there are: " + names());
            }
            values.put(name, parse(option, text));
            return this;
        }

        private static Object parse(Option<?> option, String text) {
            try {
                @Nullable Object value = option.type().parse(text);
                if (value == null) {
                    throw new IllegalArgumentException("no value");
                }
                return value;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "option '" + option.name() + "': " + e.getMessage() + " (for example "
                                + option.type().example() + ")",
                        e);
            }
        }

        private String names() {
            String all = schema.options().stream().map(Option::name).collect(Collectors.joining(", "));
            return all.isEmpty() ? "none" : all;
        }

        /// The values, with required ones checked.
        ///
        /// @throws IllegalArgumentException when a required option is missing
        public Options build() {
            for (Option<?> o : schema.options()) {
                if (o.defaultValue() == null && !values.containsKey(o.name())) {
                    throw new IllegalArgumentException("option '" + o.name() + "' is missing: " + o.description()
                            + " (for example " + o.type().example() + ")");
                }
            }
            return new Options(new TreeMap<>(values));
        }
    }
}
