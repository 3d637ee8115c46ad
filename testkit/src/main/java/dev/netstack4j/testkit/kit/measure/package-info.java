/// What kits measure of the thread that calls a subject, and a CPU that notices when it is kept.
/// Not exported: for the kits alone.
@NullMarked
package dev.netstack4j.testkit.kit.measure;

import org.jspecify.annotations.NullMarked;
