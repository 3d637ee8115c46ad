package dev.netstack4j.systemtests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.ALL;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.ROOT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import org.junit.jupiter.api.Test;

/// Time, randomness, waiting and threads are injected: only the runtime's implementation touches the JDK's own (HOUSE
/// 5). The buffer package has its few atomics because memory exists before any runtime (ADR 0007); the command touches
/// the outside world, which is its job.
class TimeAndThreadsTest {
    private static final String RUNTIME = ROOT + ".core.runtime..";
    private static final String BUFFER = ROOT + ".api.buffer..";

    private static GivenClassesConjunction stackCode() {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(
                        RUNTIME,
                        BUFFER,
                        ROOT + ".cli..",
                        ROOT + ".testkit..",
                        ROOT + ".bench..",
                        ROOT + ".build..",
                        ROOT + ".systemtests..");
    }

    private static DescribedPredicate<JavaMethodCall> call(String what, Class<?> owner, String... names) {
        java.util.Set<String> wanted = java.util.Set.of(names);
        return DescribedPredicate.describe(
                what, c -> c.getTargetOwner().isEquivalentTo(owner) && wanted.contains(c.getName()));
    }

    @Test
    void nobodyReadsTheSystemsClock() {
        stackCode()
                .should()
                .callMethodWhere(call("read the system's clock", System.class, "nanoTime", "currentTimeMillis"))
                .orShould()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are clocks", (JavaClass c) -> c.isEquivalentTo(java.time.Clock.class)))
                .check(ALL);
    }

    @Test
    void nobodyDrawsRandomNumbersOfItsOwn() {
        stackCode()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.SplittableRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .orShould()
                .callMethodWhere(call("draw from Math.random", Math.class, "random"))
                .check(ALL);
    }

    @Test
    void nobodySleepsParksOrStartsThreads() {
        stackCode()
                .should()
                .callMethodWhere(call(
                        "sleep or start",
                        Thread.class,
                        "sleep",
                        "start",
                        "ofPlatform",
                        "ofVirtual",
                        "startVirtualThread",
                        "yield"))
                .orShould()
                .callMethodWhere(call("wait on a monitor", Object.class, "wait", "notify", "notifyAll"))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..")
                .check(ALL);
    }

    @Test
    void nobodyUsesIdentityHashesCleanersOrTheProcessorCount() {
        stackCode()
                .should()
                .callMethodWhere(call("use identity hashes", System.class, "identityHashCode"))
                .orShould()
                .callMethodWhere(call("ask for the processor count", Runtime.class, "availableProcessors"))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ref.Cleaner")
                .check(ALL);
    }
}
