/// The five hooks of the packet's way, their verdicts and continuations.
@NullMarked
package dev.netstack4j.api.netfilter;

import org.jspecify.annotations.NullMarked;
