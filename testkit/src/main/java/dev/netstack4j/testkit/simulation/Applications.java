package dev.netstack4j.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The applications of all hosts.
final class Applications {
    private final Simulation simulation;
    private final List<SimApp> apps = new ArrayList<>();
    private boolean joining;

    Applications(Simulation simulation) {
        this.simulation = simulation;
    }

    /// Ends the stretch in which time passes.
    private static final class Halt extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Halt(String reason) {
            super(reason, null, false, false);
        }
    }

    SimApp run(String name, SimApp.Body body) {
        SimApp app = new SimApp(name, body, this);
        apps.add(app);
        app.start(simulation.runtime());
        return app;
    }

    /// An application has failed: whoever joins need not wait for the others. Called by its thread.
    void failed() {
        if (joining) {
            simulation.network().at(simulation.nowNanos(), () -> {
                throw new Halt("an application has failed");
            });
        }
    }

    /// @param mostNanos longest virtual time to wait
    void join(long mostNanos) {
        Network.Event limit = simulation.network().at(simulation.nowNanos() + mostNanos, () -> {
            throw new Halt(whoRuns(mostNanos));
        });
        joining = true;
        try {
            for (int i = 0; i < apps.size() && failed(apps) == null; i++) {
                apps.get(i).join();
            }
        } catch (IllegalStateException | Halt e) {
            checkNoneFailed();
            throw new AssertionError(Report.of(simulation, String.valueOf(e.getMessage())), e);
        } finally {
            joining = false;
            simulation.network().cancel(limit);
        }
        checkNoneFailed();
    }

    private String whoRuns(long mostNanos) {
        StringBuilder s = new StringBuilder()
                .append(mostNanos / Simulation.SECOND)
                .append(" s of virtual time have passed, and applications still run:");
        for (SimApp app : running()) {
            s.append(System.lineSeparator()).append(app.whereItStands());
        }
        return s.toString();
    }

    private List<SimApp> running() {
        return apps.stream().filter(a -> !a.isDone()).toList();
    }

    private static @Nullable SimApp failed(List<SimApp> apps) {
        for (SimApp app : apps) {
            if (app.failure() != null && !app.isTold()) {
                return app;
            }
        }
        return null;
    }

    /// Throws for the first one that has failed and was not told of.
    void checkNoneFailed() {
        SimApp app = failed(apps);
        if (app != null) {
            app.tell();
            throw new AssertionError(
                    Report.of(simulation, "application " + app.name() + " failed: " + app.failure()), app.failure());
        }
    }

    /// From here on those that still run end, because their stacks do: that is no failure of theirs.
    void endIsNear() {
        running().forEach(SimApp::endIsNear);
    }

    /// Interrupts those that still run, and lets them end.
    void end() {
        running().forEach(SimApp::interrupt);
        simulation.runtime().runDue();
    }
}
