package dev.netstack4j.api.settings;

import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of one stack. Modules declare theirs in constructors; two declarations of one name share the first.
@ProvidedByCore
public interface Sysctls {
    /// Declares a setting and returns it.
    ///
    /// @param name         Linux's dotted name
    /// @param defaultValue its value until somebody changes it
    /// @param least        smallest legal value
    /// @param most         largest legal value
    /// @param description  what it does, with its unit
    Sysctl declare(String name, int defaultValue, int least, int most, String description);

    /// Adds a setting whose value is text; a second one of that name is ignored.
    void declare(TextSysctl setting);

    /// The setting of that name, or null.
    @Nullable
    Sysctl find(String name);

    /// The setting of that name whose value is text, or null.
    @Nullable
    TextSysctl findText(String name);

    /// All settings, sorted by name.
    List<Sysctl> all();

    /// All settings whose values are text, sorted by name.
    List<TextSysctl> allTexts();
}
