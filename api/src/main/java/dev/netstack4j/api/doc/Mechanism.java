package dev.netstack4j.api.doc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a test that proves a mechanism of the project's list, for example `@Mechanism("F7")`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Mechanism {
    /// Ids of the mechanisms, a letter and a number each.
    String[] value();
}
