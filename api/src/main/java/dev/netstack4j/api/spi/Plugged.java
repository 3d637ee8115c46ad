package dev.netstack4j.api.spi;

import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was contributed to plug points. Usable from [Lifecycle#start] on: in constructors it is not complete.
@ProvidedByCore
public interface Plugged {
    /// The contribution under a key; null when there is none.
    <T> @Nullable T find(PlugPoint<T> point, String key);

    /// All contributions of a plug point, in the order of assembly.
    <T> List<T> all(PlugPoint<T> point);

    /// Keys of a plug point, in the order of assembly.
    List<String> keys(PlugPoint<?> point);
}
