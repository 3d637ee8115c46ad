package dev.netstack4j.testkit.simulation.junit;

import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.SimSwitch;
import dev.netstack4j.testkit.simulation.Simulation;
import jakarta.inject.Named;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// Makes, hands out and ends the network of one test.
public final class SimulatedExtension
        implements BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                AfterTestExecutionCallback,
                AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SimulatedExtension.class);
    private static final Set<Class<?>> TYPES = Set.of(Simulation.class, SimHost.class, SimLink.class, SimSwitch.class);

    private final @Nullable Long seed;

    SimulatedExtension() {
        seed = null;
    }

    /// For one invocation of [EachSeed].
    SimulatedExtension(long seed) {
        this.seed = seed;
    }

    /// What one test has.
    private record Running(Simulation net, SimulatedNetwork parts) {}

    private static @Nullable Running running(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(context.getUniqueId(), Running.class);
    }

    // Of the two extensions that an invocation of EachSeed has, the one that knows the seed does the work.
    private boolean isMine(ExtensionContext context) {
        return seed != null || !context.getTestMethod().orElseThrow().isAnnotationPresent(EachSeed.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (isMine(context)) {
            make(context);
        }
    }

    private Running make(ExtensionContext context) {
        Running there = running(context);
        if (there != null) {
            return there;
        }
        Simulation net = Simulation.withSeed(seed == null ? Seeds.one(context) : seed);
        Running made = new Running(net, SimulatedNetwork.build(net, Seeds.annotation(context)));
        context.getStore(NAMESPACE).put(context.getUniqueId(), made);
        return made;
    }

    // ---- parameters

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType())
                && context.getTestMethod().isPresent()
                && isMine(context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return make(context).parts().find(parameter.getParameter().getType(), nameOf(parameter));
        } catch (IllegalArgumentException e) {
            throw new ParameterResolutionException(
                    "test parameter " + parameter.getParameter() + ": " + e.getMessage(), e);
        }
    }

    private static String nameOf(ParameterContext parameter) {
        return parameter
                .findAnnotation(Named.class)
                .map(Named::value)
                .orElseGet(() -> parameter.getParameter().isNamePresent()
                        ? parameter.getParameter().getName()
                        : "");
    }

    // ---- the end

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Running r = running(context);
        throw r == null || !isMine(context) ? failure : withReplay(context, r.net, failure);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Running r = running(context);
        if (r != null && isMine(context) && context.getExecutionException().isEmpty()) {
            attempt(context, r.net, r.net::join);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running r = running(context);
        if (r != null && isMine(context)) {
            attempt(context, r.net, r.net::close);
        }
    }

    private static void attempt(ExtensionContext context, Simulation net, Runnable step) {
        try {
            step.run();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + Seeds.replay(context, net.seed()), e);
        }
    }

    private static Throwable withReplay(ExtensionContext context, Simulation net, Throwable failure) {
        if (failure instanceof TestAbortedException) {
            return failure;
        }
        String said = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
        String message = said + "\nseed " + net.seed() + "\n" + Seeds.replay(context, net.seed());
        if (failure instanceof AssertionFailedError f && f.isExpectedDefined() && f.isActualDefined()) {
            return new AssertionFailedError(message, f.getExpected(), f.getActual(), f);
        }
        return new AssertionFailedError(message, failure);
    }
}
