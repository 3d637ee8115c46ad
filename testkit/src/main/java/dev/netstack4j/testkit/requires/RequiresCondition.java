package dev.netstack4j.testkit.requires;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Decides for [Requires]; JUnit makes it. An exception from here is JUnit's way to fail what the condition guards.
public final class RequiresCondition implements ExecutionCondition {
    private final Machine machine;

    /// Decides for the machine that the tests run on.
    public RequiresCondition() {
        this(Machine.thisOne());
    }

    RequiresCondition(Machine machine) {
        this.machine = machine;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getElement()
                .map(this::evaluate)
                .orElseGet(() -> ConditionEvaluationResult.enabled("no test element"));
    }

    ConditionEvaluationResult evaluate(AnnotatedElement test) {
        List<String> missing = AnnotationSupport.findAnnotation(test, Requires.class)
                .map(this::missing)
                .orElse(List.of());
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("nothing is missing");
        }
        String reason = "needs " + String.join(" and ", missing);
        if (machine.mayMissNothing()) {
            throw new IllegalStateException(reason + ", and NETSTACK_REQUIRE_ALL=true allows no skip");
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    private List<String> missing(Requires requires) {
        List<String> missing = new ArrayList<>();
        for (Requirement requirement : requires.value()) {
            requirement.missing(machine).ifPresent(missing::add);
        }
        for (String program : requires.programs()) {
            if (!machine.hasProgram(program)) {
                missing.add("the program " + program + " on the PATH");
            }
        }
        return missing;
    }
}
