/// What the tests of this module share: one host with IPv4 on it and nothing real below.
/// Everything is constructed through the same constructors as in a stack.
@NullMarked
package dev.netstack4j.proto.ipv4.rig;

import org.jspecify.annotations.NullMarked;
