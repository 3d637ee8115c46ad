/// Hook chains, verdicts, and packets queued for a later verdict.
/// Chains are immutable and replaced as a whole.
@NullMarked
package dev.netstack4j.core.net.netfilter;

import org.jspecify.annotations.NullMarked;
