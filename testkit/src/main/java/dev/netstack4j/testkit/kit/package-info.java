/// What every conformance kit is made of: numbered rules, their judge, and the JUnit class that shows them.
/// The kits themselves stand in the packages beside this one, one for each plug point.
@NullMarked
package dev.netstack4j.testkit.kit;

import org.jspecify.annotations.NullMarked;
