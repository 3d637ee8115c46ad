/// What a script consists of, after it was read.
@NullMarked
package dev.netstack4j.testkit.script.model;

import org.jspecify.annotations.NullMarked;
