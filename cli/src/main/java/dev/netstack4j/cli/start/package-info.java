/// Start kits: a Maven project for a new extension that passes its conformance kit at once.
/// What is written lies in the resources beside this package.
@NullMarked
package dev.netstack4j.cli.start;

import org.jspecify.annotations.NullMarked;
