/// How the stack bears many connections: what idle ones cost, how fast they come and go, what a flood of SYNs does.
@NullMarked
package dev.netstack4j.bench.scale;

import org.jspecify.annotations.NullMarked;
