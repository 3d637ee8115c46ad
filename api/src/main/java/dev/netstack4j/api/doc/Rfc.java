package dev.netstack4j.api.doc;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Names the RFC clause that a class or method implements, as `number#section`.
@Documented
@Retention(RetentionPolicy.CLASS)
public @interface Rfc {
    /// RFC number, and the section after `#`.
    String[] value();
}
