package dev.netstack4j.testkit.simulation.junit;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Which seeds a test runs with.
final class Seeds {
    private static final String PROPERTY = "netstack.seed";

    private Seeds() {}

    /// The annotation of the test's method, or else of its class or of one around it.
    static Simulated annotation(ExtensionContext context) {
        Simulated found = AnnotationSupport.findAnnotation(context.getElement(), Simulated.class)
                .orElse(null);
        for (Class<?> c = context.getRequiredTestClass(); found == null && c != null; c = c.getEnclosingClass()) {
            found = AnnotationSupport.findAnnotation(c, Simulated.class).orElse(null);
        }
        if (found == null) {
            throw new IllegalStateException("@EachSeed needs @Simulated at the method or at its class");
        }
        return found;
    }

    private static @Nullable Long given() {
        return Long.getLong(PROPERTY);
    }

    /// The seed of a test that runs once.
    static long one(ExtensionContext context) {
        Long given = given();
        return given == null ? annotation(context).seed() : given;
    }

    static LongStream of(ExtensionContext context, int count) {
        Long given = given();
        long first = annotation(context).seed();
        return given == null ? LongStream.range(first, first + count) : LongStream.of(given);
    }

    static String replay(ExtensionContext context, long seed) {
        return "replay: mvn test -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                + context.getRequiredTestClass().getName() + "#"
                + context.getRequiredTestMethod().getName() + " -D" + PROPERTY + "=" + seed;
    }
}
