package dev.netstack4j.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a module may know: the api's contracts for its kind, and nothing of the world outside.
final class Surroundings {
    private static final String API = "dev.netstack4j.api";
    private static final Set<String> HARMLESS_IO =
            Set.of("java.io.Serializable", "java.io.Closeable", "java.io.IOException", "java.io.UncheckedIOException");

    private Surroundings() {}

    static ModuleRule seesApiAlone(String root, List<String> besides) {
        List<String> allowed = new ArrayList<>(
                List.of(root + "..", API + "..", "java..", "jdk.jfr..", "org.jspecify..", "jakarta.inject.."));
        allowed.addAll(besides);
        return rule(
                "the module sees the api and itself alone, no core and no other extension",
                classes().should().onlyDependOnClassesThat().resideInAnyPackage(allowed.toArray(String[]::new)));
    }

    static ModuleRule touchesNothingOutside(Set<String> outsidePackages) {
        return rule(
                "no class opens files or sockets or starts programs, but in the packages that say so",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(outsidePackages.toArray(String[]::new))
                        .should()
                        .dependOnClassesThat(outside()));
    }

    private static DescribedPredicate<JavaClass> outside() {
        return describe(
                "are java.net, java.io, java.nio.file, java.nio.channels or processes",
                c -> switch (c.getPackageName()) {
                    case "java.net", "java.nio.file", "java.nio.channels", "java.nio.file.attribute" -> true;
                    case "java.io" -> !HARMLESS_IO.contains(c.getFullName());
                    default -> c.getFullName().startsWith("java.lang.Process");
                });
    }

    static ModuleRule driversKnowNoProtocol() {
        return knowsNone(
                "a driver touches no protocol, qdisc or socket contract",
                "protocol",
                "qdisc",
                "socket",
                "netfilter",
                "neighbour",
                "congestion");
    }

    static ModuleRule qdiscsKnowNoHardware() {
        return knowsNone(
                "a qdisc touches no hardware and no protocol contract",
                "hardware",
                "protocol",
                "socket",
                "neighbour",
                "netfilter",
                "congestion");
    }

    /// What a send reports back ([dev.netstack4j.api.qdisc.XmitResult]) is a protocol's business all the same.
    static ModuleRule protocolsKnowNoHardware() {
        return rule(
                "a protocol touches no hardware and no qdisc contract",
                noClasses()
                        .should()
                        .dependOnClassesThat(describe(
                                "are hardware or qdisc contracts",
                                c -> (c.getPackageName().startsWith(API + ".hardware")
                                                || c.getPackageName().startsWith(API + ".qdisc"))
                                        && !c.getSimpleName().equals("XmitResult"))));
    }

    private static ModuleRule knowsNone(String sentence, String... contracts) {
        String[] packages = new String[contracts.length];
        for (int i = 0; i < packages.length; i++) {
            packages[i] = API + "." + contracts[i] + "..";
        }
        return rule(sentence, noClasses().should().dependOnClassesThat().resideInAnyPackage(packages));
    }

    private static ModuleRule rule(String sentence, ArchRule rule) {
        return new ModuleRule(
                sentence, m -> rule.as(sentence).allowEmptyShould(true).check(m.classes()));
    }
}
