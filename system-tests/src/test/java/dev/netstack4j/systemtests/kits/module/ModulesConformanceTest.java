package dev.netstack4j.systemtests.kits.module;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Judge;
import dev.netstack4j.testkit.kit.Verdict;
import dev.netstack4j.testkit.kit.Verdict.Outcome;
import dev.netstack4j.testkit.kit.module.ModuleKit;
import dev.netstack4j.testkit.kit.module.ModuleSubject;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every module that the project ships.
class ModulesConformanceTest {
    private static final int SHIPPED = 9;

    private static List<Class<? extends StackModule>> modules() {
        return ServiceLoader.load(StackModule.class).stream()
                .<Class<? extends StackModule>>map(ServiceLoader.Provider::type)
                .toList();
    }

    private static ModuleSubject subject(Class<? extends StackModule> type) {
        return () -> {
            try {
                return type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    void allAreFound() {
        assertTrue(modules().size() >= SHIPPED, () -> modules().toString());
    }

    @TestFactory
    Stream<DynamicContainer> each() {
        return modules().stream().map(type -> DynamicContainer.dynamicContainer(type.getSimpleName(), rules(type)));
    }

    private static Stream<DynamicTest> rules(Class<? extends StackModule> type) {
        return new ModuleKit()
                .rules().stream()
                        .map(r -> DynamicTest.dynamicTest(r.toString(), () -> {
                            Verdict v = Judge.judge(r, subject(type), 1);
                            assertTrue(v.outcome() == Outcome.HELD || v.outcome() == Outcome.SKIPPED, v::describe);
                        }));
    }
}
