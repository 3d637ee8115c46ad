/// All modules of the project judged by the module kit, and broken ones by which the kit is judged.
@NullMarked
package dev.netstack4j.systemtests.kits.module;

import org.jspecify.annotations.NullMarked;
