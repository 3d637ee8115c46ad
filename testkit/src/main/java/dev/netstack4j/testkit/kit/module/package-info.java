/// The conformance kit for modules, rules `MOD-1` and on.
/// `ModuleSubject` is what an author writes, `ModuleKit` the list of rules.
@NullMarked
package dev.netstack4j.testkit.kit.module;

import org.jspecify.annotations.NullMarked;
