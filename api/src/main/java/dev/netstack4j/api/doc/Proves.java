package dev.netstack4j.api.doc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a test that proves requirements of an RFC, for example `@Proves("RFC9293-MUST-36")`. The ids are those of the
/// project's list of requirements; packet scripts name them in their header by the same word.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Proves {
    /// Ids of the requirements.
    String[] value();
}
