/// What the kits for packet handlers and IP protocols drive their subjects with: a whole stack in virtual time with one
/// device, which is the kit, and the rules that hold for both..
@NullMarked
package dev.netstack4j.testkit.kit.packet;

import org.jspecify.annotations.NullMarked;
