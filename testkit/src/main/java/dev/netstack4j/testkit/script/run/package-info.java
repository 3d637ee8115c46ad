/// Plays scripts: the order of events, the time, the calls, and what is driven.
@NullMarked
package dev.netstack4j.testkit.script.run;

import org.jspecify.annotations.NullMarked;
