/// Hardware faults, injected into the cards of whole stacks.
/// Each test is run with every driver.
@NullMarked
package dev.netstack4j.systemtests.faults;

import org.jspecify.annotations.NullMarked;
