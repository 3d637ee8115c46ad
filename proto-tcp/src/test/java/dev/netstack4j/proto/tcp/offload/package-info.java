/// Tests of merging and cutting.
@NullMarked
package dev.netstack4j.proto.tcp.offload;

import org.jspecify.annotations.NullMarked;
