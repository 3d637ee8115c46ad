package dev.netstack4j.api.doc;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Names the place in Linux's source that a class or method corresponds to, as `path#function`.
@Documented
@Retention(RetentionPolicy.CLASS)
public @interface Linux {
    /// Path in the kernel tree, and the function or structure after `#`.
    String value();
}
