/// What the tests of this module share: UDP over a network layer that keeps what it is given.
/// Everything is constructed through the same constructors as in a stack.
@NullMarked
package dev.netstack4j.proto.udp.rig;

import org.jspecify.annotations.NullMarked;
