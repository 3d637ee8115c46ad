/// The project's architecture as rules over its classes.
/// Each rule says what it checked, and fails when it saw too little.
@NullMarked
package dev.netstack4j.systemtests.architecture;

import org.jspecify.annotations.NullMarked;
