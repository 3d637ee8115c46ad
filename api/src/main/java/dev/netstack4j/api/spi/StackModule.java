package dev.netstack4j.api.spi;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import java.lang.invoke.MethodHandles;

/// The one service of an extension: found by `ServiceLoader` (MOD-12), on the module path by `provides`, which names
/// the same as `META-INF/services` (MOD-13); public, with a public constructor without arguments (MOD-2). Says what the
/// extension contributes, and acts on nothing itself. Neither it nor what it contributes keeps state in static fields
/// (MOD-10): it lives in several stacks at once (MOD-15). Closing a stack leaves nothing of it behind (MOD-14), and
/// without traffic it takes no more and more packets (MOD-18). Each of its settings says what it does (MOD-17).
@ImplementedByExtensions
public interface StackModule {
    /// The module's name, equal to its artifact's without the project's prefix, words of lower-case letters and digits
    /// joined by `-` (MOD-1): `qdisc-tbf`. Its version and the api that it was built against are found under
    /// `META-INF/netstack4j/<name>.properties` (MOD-11).
    String name();

    /// `return MethodHandles.lookup();`: core constructs the module's classes through it (MOD-7), so that nothing need
    /// be public or opened.
    MethodHandles.Lookup lookup();

    /// Declares what there is: something (MOD-4), and the same each time (MOD-3); what it declares is what a stack with
    /// it has (MOD-16). Called once per stack, before anything is constructed.
    void contribute(Contributions c);
}
