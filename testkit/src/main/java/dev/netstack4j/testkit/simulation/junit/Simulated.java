package dev.netstack4j.testkit.simulation.junit;

import dev.netstack4j.api.spi.StackModule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs a test, or every test of a class, in a [dev.netstack4j.testkit.simulation.Simulation] of its own. Two hosts are
/// joined by a link, more by a switch called `lan`.
/// ```java
/// @Simulated(hosts = {"client", "server"}, link = "delay=20ms loss=5%")
/// class PingPongTest {
///     @Test
///     void theBallComesBack(Simulation net, SimHost client, SimHost server) { ... }
///
///     @EachSeed(100)
///     void theBallComesBackWhateverIsLost(SimHost client, SimHost server, SimLink link) { ... }
/// }
/// ```
/// Parameters of tests and of `@BeforeEach` methods may be the `Simulation`, a `SimHost`, a `SimLink` (without a name
/// the only one there is) and the `SimSwitch`. A host or link is found by `@jakarta.inject.Named("client")`, else by
/// the parameter's name where the compiler kept it (`-parameters`). The test's thread drives: it may call sockets
/// itself.
///
/// When the test method returns, the applications that it started are joined, and the simulation is closed, which
/// checks that no host leaks a packet. A failure tells the seed and the command that runs the test with it again: the
/// system property `netstack.seed` takes the place of the seed that is written here.
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SimulatedExtension.class)
public @interface Simulated {
    /// Names of the hosts.
    String[] hosts() default {"a", "b"};

    /// Shape of every link, as [dev.netstack4j.testkit.simulation.LinkShape] reads it.
    String link() default "";

    /// The seed; of [EachSeed] the first one.
    long seed() default 1;

    /// Modules that every host has beside those that are found; each has a public constructor without parameters.
    Class<? extends StackModule>[] modules() default {};
}
