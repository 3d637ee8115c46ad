package dev.netstack4j.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.util.List;
import java.util.Set;

/// Time, randomness, waiting and threads are injected: what the JDK has of its own makes a run unrepeatable.
final class InjectedServices {
    private InjectedServices() {}

    static List<ModuleRule> rules(Set<String> outsidePackages) {
        return List.of(
                rule("no class reads a clock; inject Clock", clocks(classes(outsidePackages))),
                rule(
                        "no class draws random numbers of its own; inject RandomStreams",
                        randoms(classes(outsidePackages))),
                rule("no class sleeps, parks or waits; use WaitQueue", waits(classes(outsidePackages))),
                rule(
                        "no class starts threads or uses java.util.concurrent; use WorkQueue and Sync",
                        threads(outsidePackages)),
                rule(
                        "no class uses identity hashes, cleaners or the processor count",
                        machine(classes(outsidePackages))),
                rule("no class uses a default locale, time zone or charset", defaults(classes(outsidePackages))));
    }

    private static ModuleRule rule(String sentence, ArchRule rule) {
        return new ModuleRule(
                sentence, m -> rule.as(sentence).allowEmptyShould(true).check(m.classes()));
    }

    private static ClassesShould classes(Set<String> outsidePackages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(outsidePackages.toArray(String[]::new))
                .should();
    }

    private static ArchRule clocks(ClassesShould should) {
        return should.callMethodWhere(calls(System.class, "nanoTime", "currentTimeMillis"))
                .orShould()
                .dependOnClassesThat(oneOf("java.time.Clock", "java.util.Timer", "java.util.Date"))
                .orShould()
                .callMethodWhere(describe(
                        "ask java.time for now",
                        c -> c.getName().equals("now")
                                && c.getTargetOwner().getPackageName().equals("java.time")));
    }

    private static ArchRule randoms(ClassesShould should) {
        return should.dependOnClassesThat(oneOf(
                        "java.util.Random",
                        "java.util.SplittableRandom",
                        "java.util.concurrent.ThreadLocalRandom",
                        "java.security.SecureRandom"))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.random..")
                .orShould()
                .callMethodWhere(calls(Math.class, "random"))
                .orShould()
                .callMethodWhere(calls(java.util.UUID.class, "randomUUID"));
    }

    private static ArchRule waits(ClassesShould should) {
        return should.callMethodWhere(calls(Thread.class, "sleep", "yield", "onSpinWait", "join"))
                .orShould()
                .callMethodWhere(calls(Object.class, "wait", "notify", "notifyAll"))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..");
    }

    private static ArchRule threads(Set<String> outsidePackages) {
        return classes(outsidePackages)
                .callMethodWhere(
                        calls(Thread.class, "start", "ofPlatform", "ofVirtual", "startVirtualThread", "currentThread"))
                .orShould()
                .dependOnClassesThat(oneOf("java.lang.ThreadLocal", "java.lang.ScopedValue"))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..");
    }

    private static ArchRule machine(ClassesShould should) {
        return should.callMethodWhere(calls(System.class, "identityHashCode"))
                .orShould()
                .callMethodWhere(calls(Runtime.class, "availableProcessors", "addShutdownHook"))
                .orShould()
                .dependOnClassesThat(oneOf("java.lang.ref.Cleaner", "java.util.IdentityHashMap"));
    }

    private static ArchRule defaults(ClassesShould should) {
        return should.callMethodWhere(
                        withoutParameter(String.class, "java.util.Locale", "format", "toLowerCase", "toUpperCase"))
                .orShould()
                .callMethodWhere(calls(String.class, "formatted"))
                .orShould()
                .callMethodWhere(describe(
                        "take the default charset",
                        c -> c.getTargetOwner().isEquivalentTo(String.class)
                                && c.getName().equals("getBytes")
                                && parameters(c).isEmpty()))
                .orShould()
                .callMethodWhere(calls(java.util.Locale.class, "getDefault"))
                .orShould()
                .callMethodWhere(calls(java.util.TimeZone.class, "getDefault"))
                .orShould()
                .callMethodWhere(calls(java.nio.charset.Charset.class, "defaultCharset"));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> calls(
            Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return describe(
                "call " + owner.getSimpleName() + "." + String.join("/", names),
                c -> c.getTargetOwner().isEquivalentTo(owner) && wanted.contains(c.getName()));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> withoutParameter(
            Class<?> owner, String parameter, String... names) {
        Set<String> wanted = Set.of(names);
        return describe(
                "call " + owner.getSimpleName() + "." + String.join("/", names) + " without " + parameter,
                c -> c.getTargetOwner().isEquivalentTo(owner)
                        && wanted.contains(c.getName())
                        && !parameters(c).contains(parameter));
    }

    private static List<String> parameters(JavaAccess<?> access) {
        return ((com.tngtech.archunit.core.domain.JavaCall<?>) access)
                .getTarget().getRawParameterTypes().stream()
                        .map(JavaClass::getFullName)
                        .toList();
    }

    private static DescribedPredicate<JavaClass> oneOf(String... names) {
        Set<String> wanted = Set.of(names);
        return describe("are one of " + String.join(", ", names), c -> wanted.contains(c.getFullName()));
    }
}
