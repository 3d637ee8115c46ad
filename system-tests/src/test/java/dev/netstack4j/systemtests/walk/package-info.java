/// The way of a packet through whole stacks: two hosts, a cable, in virtual or real time.
/// What one module can prove alone is tested there.
@NullMarked
package dev.netstack4j.systemtests.walk;

import org.jspecify.annotations.NullMarked;
