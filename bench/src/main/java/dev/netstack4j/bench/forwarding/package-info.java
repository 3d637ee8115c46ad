/// What forwarding costs a stack, without what the models of its cards cost.
/// The same frames go through the same cards twice: once a stack forwards them, once bare rings are turned.
@NullMarked
package dev.netstack4j.bench.forwarding;

import org.jspecify.annotations.NullMarked;
