/// Addresses as values: IP (both families in one type), MAC, prefixes.
/// Immutable; the data path carries the same bits in primitives instead.
@NullMarked
package dev.netstack4j.api.address;

import org.jspecify.annotations.NullMarked;
