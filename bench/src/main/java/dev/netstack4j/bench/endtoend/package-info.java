/// Benchmarks from program to program: this stack on a TAP and the host's kernel on a veth pair, measured alternately.
/// Started by `bench/run`.
@NullMarked
package dev.netstack4j.bench.endtoend;

import org.jspecify.annotations.NullMarked;
