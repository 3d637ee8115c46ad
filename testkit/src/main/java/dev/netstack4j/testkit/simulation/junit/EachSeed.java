package dev.netstack4j.testkit.simulation.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// Instead of `@Test`, within [Simulated]: runs the test for that many seeds, one after the other, each in a network of
/// its own. With the system property `netstack.seed` it runs for that seed alone.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeedInvocations.class)
public @interface EachSeed {
    /// How many seeds.
    int value();
}
