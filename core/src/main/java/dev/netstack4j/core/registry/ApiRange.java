package dev.netstack4j.core.registry;

import org.jspecify.annotations.Nullable;

/// Which versions of the api a module works with. Built against 1.3 means `[1.3, 2)`: contracts grow and do not break
/// within a major version. The same holds for version 0, because the rules for growing are kept there too.
///
/// @param major the only major version that fits
/// @param minor the smallest minor version that fits
public record ApiRange(int major, int minor) {
    /// The range of a module that was built against `version`, for example `0.1` or `1.3.2`; null when it is no
    /// version.
    public static @Nullable ApiRange builtAgainst(String version) {
        String[] parts = version.strip().split("[.-]", -1);
        if (parts.length < 2 || !isNumber(parts[0]) || !isNumber(parts[1])) {
            return null;
        }
        return new ApiRange(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Whether an api of exactly `major.minor` fits.
    public boolean accepts(ApiRange present) {
        return present.major == major && present.minor >= minor;
    }

    @Override
    public String toString() {
        return "[" + major + "." + minor + ", " + (major + 1) + ")";
    }
}
