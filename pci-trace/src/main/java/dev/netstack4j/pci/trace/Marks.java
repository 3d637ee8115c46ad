package dev.netstack4j.pci.trace;

import java.util.regex.Pattern;

/// Marked values: addresses, counts, chance.
final class Marks {
    private static final Pattern ADDRESS = Pattern.compile("@[0-9a-f]+");

    private Marks() {}

    /// Without the addresses themselves.
    static String withoutValues(String text) {
        return ADDRESS.matcher(text).replaceAll("@");
    }
}
