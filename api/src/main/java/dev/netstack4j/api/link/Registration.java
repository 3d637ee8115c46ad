package dev.netstack4j.api.link;

import dev.netstack4j.api.doc.ProvidedByCore;

/// Something that was added to a table.
@ProvidedByCore
public interface Registration extends AutoCloseable {
    /// Takes it out; when this returns it does not run and will not run. Process context, holding no CPU. A second call
    /// does nothing.
    @Override
    void close();
}
