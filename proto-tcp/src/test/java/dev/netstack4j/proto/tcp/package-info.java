/// Tests of whole connections.
/// Each row of the mechanisms that TCP has is proved here or in a room's own tests.
@NullMarked
package dev.netstack4j.proto.tcp;

import org.jspecify.annotations.NullMarked;
