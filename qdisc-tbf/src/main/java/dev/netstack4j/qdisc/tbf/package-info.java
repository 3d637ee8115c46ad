/// The qdisc `tbf`: a token bucket filter, which holds packets back to a rate with an exact release instant for each.
/// `TokenBucket` is the arithmetic, `Tbf` the queue, `TbfSettings` what the options come to.
@NullMarked
package dev.netstack4j.qdisc.tbf;

import org.jspecify.annotations.NullMarked;
