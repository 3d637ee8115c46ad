package dev.netstack4j.api.spi;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import java.lang.invoke.MethodHandles;

/// The one service of an extension: found by `ServiceLoader`, says what the extension contributes. It acts on nothing
/// itself.
@ImplementedByExtensions
public interface StackModule {
    /// The module's name, equal to its artifact's without the project's prefix: `qdisc-tbf`. Its version is found under
    /// `META-INF/netstack4j/<name>.properties`.
    String name();

    /// `return MethodHandles.lookup();`: core constructs the module's classes through it, so that nothing need be
    /// public or opened.
    MethodHandles.Lookup lookup();

    /// Declares what there is. Called once per stack, before anything is constructed.
    void contribute(Contributions c);
}
