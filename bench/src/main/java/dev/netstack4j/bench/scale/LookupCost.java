package dev.netstack4j.bench.scale;

import dev.netstack4j.bench.LookupBench;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs [LookupBench].
final class LookupCost {
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 4;

    private final Map<String, Double> nanos = new TreeMap<>();

    LookupCost() throws RunnerException {
        var options = new OptionsBuilder()
                .include(LookupBench.class.getName())
                .warmupIterations(WARM_UPS)
                .measurementIterations(ROUNDS)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult r : new Runner(options).run()) {
            nanos.put(
                    key(r.getParams().getParam("connections"), r.getParams().getParam("active")),
                    r.getPrimaryResult().getScore());
        }
    }

    private static String key(String connections, String active) {
        return connections + "/" + active;
    }

    /// Nanoseconds of a lookup among `connections`, when segments come for `active` of them at most.
    double nanos(int connections, int active) {
        return nanos.getOrDefault(key("" + connections, "" + active), Double.NaN);
    }
}
