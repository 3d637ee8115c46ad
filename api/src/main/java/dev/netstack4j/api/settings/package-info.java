/// Settings with Linux's sysctl names, one set per stack.
@NullMarked
package dev.netstack4j.api.settings;

import org.jspecify.annotations.NullMarked;
