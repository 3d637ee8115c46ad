/// Architecture rules that an extension's author applies to the own module with one short class.
/// Extend [ExtensionArchitectureTest]; what each rule demands stands in its sentence.
@NullMarked
package dev.netstack4j.testkit.rules;

import org.jspecify.annotations.NullMarked;
