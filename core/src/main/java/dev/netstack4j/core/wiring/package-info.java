/// Builds the objects of a stack with Guice, each class through the lookup of its own module.
/// The only package that knows Guice; its errors leave here as sentences.
@NullMarked
package dev.netstack4j.core.wiring;

import org.jspecify.annotations.NullMarked;
