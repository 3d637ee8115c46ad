package dev.netstack4j.systemtests.mechanism;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs the tests that it is given, `class` or `class#method`; with [#FIRST] only until one fails. Exit status 0: some
/// ran and all passed; 1: one failed; 2: none ran.
public final class RowRunner {
    /// The first failure ends the run.
    static final String FIRST = "--first";

    private RowRunner() {}

    /// @param tests class or class#method
    public static void main(String[] tests) {
        Set<String> wanted = new TreeSet<>(Arrays.asList(tests));
        boolean first = wanted.remove(FIRST);
        List<String> classes =
                wanted.stream().map(t -> t.split("#")[0]).distinct().collect(Collectors.toList());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes.stream().map(c -> selectClass(c)).toList())
                .filters((PostDiscoveryFilter) d -> FilterResult.includedIf(isWanted(d, wanted)))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        if (first) {
            launcher.registerTestExecutionListeners(new FirstFailure());
        }
        launcher.execute(request, summary);
        summary.getSummary().printFailuresTo(new PrintWriter(System.out), 5);
        boolean failed = summary.getSummary().getTotalFailureCount() > 0;
        System.exit(failed ? 1 : summary.getSummary().getTestsSucceededCount() == 0 ? 2 : 0);
    }

    private static boolean isWanted(TestDescriptor d, Set<String> wanted) {
        return d.getSource()
                .filter(s -> s instanceof MethodSource)
                .map(s -> (MethodSource) s)
                .map(m -> wanted.contains(m.getClassName())
                        || wanted.contains(m.getClassName() + "#" + m.getMethodName()))
                .orElse(!d.isTest());
    }

    private static final class FirstFailure implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                System.out.println("FAILED " + test.getDisplayName() + ": "
                        + result.getThrowable().map(Throwable::getMessage).orElse(""));
                System.exit(1);
            }
        }
    }
}
