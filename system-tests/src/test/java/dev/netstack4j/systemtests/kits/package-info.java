/// The conformance kits, tested with broken implementations, and their numbers, compared with the api's words.
/// One package a plug point.
@NullMarked
package dev.netstack4j.systemtests.kits;

import org.jspecify.annotations.NullMarked;
