/// Annotations that link code to its sources and to the mechanisms that a test proves.
/// Nothing here has behaviour.
@NullMarked
package dev.netstack4j.api.doc;

import org.jspecify.annotations.NullMarked;
