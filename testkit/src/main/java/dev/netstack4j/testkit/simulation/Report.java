package dev.netstack4j.testkit.simulation;

/// What a failure of a simulation says.
final class Report {
    private Report() {}

    static String of(Simulation simulation, String what) {
        StringBuilder s = new StringBuilder(what);
        s.append(System.lineSeparator()).append("seed ").append(simulation.seed());
        s.append(", at ").append(simulation.nowNanos() / 1e9).append(" s; links:");
        for (SimLink link : simulation.links()) {
            s.append(System.lineSeparator()).append("    ").append(link);
        }
        s.append(System.lineSeparator()).append("last frames:");
        for (FrameEvent e : simulation.trace().last()) {
            s.append(System.lineSeparator()).append("    ").append(e);
        }
        return s.toString();
    }
}
