package dev.netstack4j.testkit.rules;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each rule finds the class that breaks it, and none finds fault with a sound one.
class ExtensionRulesTest {
    private static final String ROOT = "dev.netstack4j.testkit.rules.sample";

    private static ModuleClasses module(String... classNames) throws Exception {
        Class<?>[] classes = new Class<?>[classNames.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = Class.forName(ROOT + "." + classNames[i]);
        }
        JavaClasses read = new ClassFileImporter().importClasses(classes);
        return new ModuleClasses(ROOT, read, read);
    }

    private static List<ModuleRule> rules(String kind) {
        ExtensionRules rules = switch (kind) {
            case "driver" -> ExtensionRules.driver(ROOT);
            case "qdisc" -> ExtensionRules.qdisc(ROOT);
            default -> ExtensionRules.protocol(ROOT);
        };
        return rules.atLeast(1).rules().stream()
                .filter(r -> !r.sentence().startsWith("module-info"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ReadsTheClock,            qdisc,    no class reads a clock",
        "AsksForTheDate,           qdisc,    no class reads a clock",
        "DrawsNumbers,             qdisc,    no class draws random numbers",
        "DrawsFromMath,            qdisc,    no class draws random numbers",
        "Sleeps,                   qdisc,    'no class sleeps, parks'",
        "Parks,                    qdisc,    'no class sleeps, parks'",
        "WaitsOnAMonitor,          qdisc,    'no class sleeps, parks'",
        "StartsAThread,            qdisc,    no class starts threads",
        "Counts,                   qdisc,    no class starts threads",
        "KeepsAThreadLocal,        qdisc,    no class starts threads",
        "TakesAnIdentityHash,      qdisc,    no class uses identity hashes",
        "AsksForProcessors,        qdisc,    no class uses identity hashes",
        "FormatsForSomeLocale,     qdisc,    no class uses a default locale",
        "TakesTheDefaultCharset,   qdisc,    no class uses a default locale",
        "OpensAFile,               qdisc,    no class opens files",
        "KnowsNoAddress,           qdisc,    no class opens files",
        "StartsAProgram,           qdisc,    no class opens files",
        "SeesALibrary,             qdisc,    the module sees the api and itself alone",
        "KeepsStaticState,         qdisc,    no static field",
        "DriverThatKnowsSockets,   driver,   a driver touches no protocol",
        "QdiscThatKnowsHardware,   qdisc,    a qdisc touches no hardware",
        "ProtocolThatKnowsQdiscs,  protocol, a protocol touches no hardware",
    })
    void aBrokenClassIsFoundByItsRule(String broken, String kind, String rule) throws Exception {
        ModuleClasses module = module("Broken$" + broken);
        ModuleRule judged = rules(kind).stream()
                .filter(r -> r.sentence().startsWith(rule))
                .findFirst()
                .orElseThrow();
        AssertionError e =
                assertThrows(AssertionError.class, () -> judged.check().on(module));
        assertTrue(e.getMessage().contains(broken), e.getMessage());
        assertFalse(e.getMessage().contains("should"), e.getMessage()); // the sentence, not how it is checked
    }

    @ParameterizedTest
    @CsvSource({"driver", "qdisc", "protocol"})
    void aSoundClassBreaksNoRule(String kind) throws Exception {
        ModuleClasses module = module("Sound");
        for (ModuleRule rule : rules(kind)) {
            assertDoesNotThrow(() -> rule.check().on(module), rule.sentence());
        }
    }

    @Test
    void aRuleSetThatSeesTooFewClassesFails() throws Exception {
        ModuleClasses module = module("Sound");
        ModuleRule enough = ExtensionRules.qdisc(ROOT).rules().getFirst();
        AssertionError e =
                assertThrows(AssertionError.class, () -> enough.check().on(module));
        assertTrue(e.getMessage().startsWith("only 1 classes were found"), e.getMessage());
    }

    @Test
    void aPackageThatSaysThatItTouchesTheOutsideMayDoSo() throws Exception {
        ModuleClasses module = module("Broken$OpensAFile", "Broken$StartsAThread");
        for (ModuleRule rule : ExtensionRules.qdisc(ROOT)
                .touchesOutsideIn(ROOT + "..")
                .atLeast(1)
                .rules()) {
            if (!rule.sentence().startsWith("module-info")) {
                assertDoesNotThrow(() -> rule.check().on(module), rule.sentence());
            }
        }
    }

    @Test
    void anotherPackageMayBeSeenWhenNamed() throws Exception {
        ModuleClasses module = module("Broken$SeesALibrary");
        ModuleRule sees = ExtensionRules.qdisc(ROOT)
                .mayAlsoSee("org.opentest4j..")
                .rules()
                .get(1);
        assertDoesNotThrow(() -> sees.check().on(module));
    }

    @Test
    void aVariableHasOneWriter() throws Exception {
        ModuleClasses module = module("variables.Variables", "first.Writer", "second.Writer");
        ModuleRule rule = State.oneWriter(List.of(ROOT + ".variables.."));
        AssertionError e = assertThrows(AssertionError.class, () -> rule.check().on(module));
        assertTrue(e.getMessage().contains("Variables.two is written by"), e.getMessage());
        assertFalse(e.getMessage().contains("Variables.one"), e.getMessage());
    }

    @Test
    void checkTellsEverythingThatIsWrong() {
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> ExtensionRules.qdisc("dev.netstack4j.nosuch").check());
        assertTrue(e.getMessage().contains("only 0 classes"), e.getMessage());
        assertEquals(2, e.getMessage().lines().count(), e.getMessage());
    }
}
