package dev.netstack4j.testkit.requires;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Names what a test class or test method needs from the machine. Where it is missing the test is skipped, and the
/// reason says what to do; with the environment variable `NETSTACK_REQUIRE_ALL=true` it fails instead.
///
/// ```java
/// @Requires(value = Requirement.TAP, programs = {"ping", "curl"})
/// class RealPingTest { … }
/// ```
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresCondition.class)
public @interface Requires {
    /// What the process must be allowed to do.
    ///
    /// @return the requirements, all of which must hold
    Requirement[] value() default {};

    /// The programs that must be on the `PATH`, by their file names.
    ///
    /// @return the names, such as `"iperf3"`
    String[] programs() default {};
}
