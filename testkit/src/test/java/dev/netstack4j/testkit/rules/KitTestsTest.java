package dev.netstack4j.testkit.rules;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.qdisc.QdiscConformance;
import dev.netstack4j.testkit.kit.qdisc.QdiscSubject;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

class KitTestsTest {
    private static final String ROOT = "dev.netstack4j.testkit.rules";

    /// Contributes a qdisc.
    public static final class Bare implements StackModule {
        /// Called by the rule.
        public Bare() {}

        @Override
        public String name() {
            return "bare";
        }

        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {
            c.qdisc("one", OptionSchema.NONE, QdiscOps.class);
        }
    }

    static final class Judged extends QdiscConformance {
        @Override
        protected QdiscSubject subject() {
            throw new UnsupportedOperationException("only its type matters here");
        }
    }

    private static JavaClasses read(Class<?>... classes) {
        return new ClassFileImporter().importClasses(classes);
    }

    @Test
    void aContributionWithoutAKitTestIsFound() {
        ModuleClasses module = new ModuleClasses(ROOT, read(Bare.class), read(KitTestsTest.class));
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> KitTests.everyContributionHasOne().check().on(module));
        assertEquals("bare contributes [QdiscOps], and 0 of its tests extend QdiscConformance", e.getMessage());
    }

    @Test
    void oneWithAKitTestIsWell() {
        ModuleClasses module = new ModuleClasses(ROOT, read(Bare.class), read(Judged.class));
        assertDoesNotThrow(() -> KitTests.everyContributionHasOne().check().on(module));
    }
}
