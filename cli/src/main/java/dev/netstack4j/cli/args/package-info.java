/// How the texts of the command line become values: the same rules as for the options of modules.
@NullMarked
package dev.netstack4j.cli.args;

import org.jspecify.annotations.NullMarked;
