/// Races that network stacks are known for, tried under many schedules; and the same races with planted bugs, which the
/// explorer must find.
@NullMarked
package dev.netstack4j.systemtests.exploration;

import org.jspecify.annotations.NullMarked;
