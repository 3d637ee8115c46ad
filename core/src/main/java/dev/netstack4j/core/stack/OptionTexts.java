package dev.netstack4j.core.stack;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Options given as text, shared out among the schemas that know them.
final class OptionTexts {
    private final String what;
    private final Map<String, String> texts;

    /// @param what  what they are for, the start of an error message
    /// @param texts name to text
    OptionTexts(String what, Map<String, String> texts) {
        this.what = what;
        this.texts = new TreeMap<>(texts);
    }

    /// The values of one schema from those texts that it knows.
    ///
    /// @throws NetException EINVAL with a sentence
    Options valuesFor(OptionSchema schema) throws NetException {
        Options.Builder values = schema.values();
        try {
            for (Map.Entry<String, String> e : texts.entrySet()) {
                if (schema.find(e.getKey()) != null) {
                    values.set(e.getKey(), e.getValue());
                }
            }
            return values.build();
        } catch (IllegalArgumentException e) {
            throw new NetException(Errno.EINVAL, what + ": " + e.getMessage(), e);
        }
    }

    /// Fails when a text belongs to none of the schemas.
    ///
    /// @throws NetException EINVAL with a sentence that lists the options that there are
    void checkAllKnown(OptionSchema... schemas) throws NetException {
        checkAllKnown(List.of(schemas));
    }

    /// The same for a list.
    void checkAllKnown(List<OptionSchema> schemas) throws NetException {
        TreeSet<String> known = new TreeSet<>();
        for (OptionSchema s : schemas) {
            s.options().stream().map(Option::name).forEach(known::add);
        }
        for (String name : texts.keySet()) {
            if (!known.contains(name)) {
                String all = known.isEmpty() ? "none" : String.join(", ", known);
                throw new NetException(Errno.EINVAL, what + ": there is no option '" + name + "'; there are: " + all);
            }
        }
    }
}
