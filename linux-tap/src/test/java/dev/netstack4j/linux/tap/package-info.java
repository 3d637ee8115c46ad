/// Tests of what TAPs share; those that need the kernel need root.
@NullMarked
package dev.netstack4j.linux.tap;

import org.jspecify.annotations.NullMarked;
