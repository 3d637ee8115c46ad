package dev.netstack4j.systemtests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.ALL;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.API;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.CLI;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.CORE;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.ROOT;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.TESTKIT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Who may know whom (HOUSE 3). Extensions apply the rules for them in their own `ArchitectureTest`.
class ArchitectureTest {
    private static final String WIRING = ROOT + ".core.wiring..";

    @Test
    void enoughClassesWereSeen() {
        assertTrue(ALL.size() > 500, "only " + ALL.size() + " classes were found on the class path");
    }

    @Test
    void apiSeesOnlyItselfAndItsThreeLibraries() {
        classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API, "java..", "org.jspecify..", "jakarta.inject..")
                .check(ALL);
    }

    @Test
    void coreSeesNoExtensionAndNotTheCommand() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".nic..",
                        ROOT + ".qdisc..",
                        ROOT + ".proto..",
                        ROOT + ".bus..",
                        ROOT + ".wire..",
                        ROOT + ".linux..",
                        CLI,
                        TESTKIT)
                .check(ALL);
    }

    @Test
    void guiceIsSeenInWiringAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(WIRING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google..")
                .check(ALL);
    }

    @Test
    void theCommandKnowsNoExtension() {
        noClasses()
                .that()
                .resideInAPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".nic..",
                        ROOT + ".qdisc..",
                        ROOT + ".proto..",
                        ROOT + ".bus..",
                        ROOT + ".wire..",
                        ROOT + ".linux..",
                        ROOT + ".core..")
                .check(ALL);
    }

    @Test
    void testkitSeesNoCore() {
        noClasses()
                .that()
                .resideInAPackage(TESTKIT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE)
                .check(ALL);
    }
}
