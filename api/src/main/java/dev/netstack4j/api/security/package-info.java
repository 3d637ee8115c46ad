/// Permission hooks around socket calls.
@NullMarked
package dev.netstack4j.api.security;

import org.jspecify.annotations.NullMarked;
