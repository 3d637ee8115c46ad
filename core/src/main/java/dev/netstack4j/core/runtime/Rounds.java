package dev.netstack4j.core.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of a stepped runtime: the engines between hosts, a turn of every host, then a stretch of every thread that
/// can run, again and again. Whoever has the baton runs the turns; it changes hands only for a thread's stretch.
final class Rounds {
    private static final int HOSTS = -1;

    private final List<SteppedEngine> engines;
    private final List<SteppedHost> hosts;
    private final List<SteppedThread> threads;
    private int next = HOSTS;
    private boolean ran;

    Rounds(List<SteppedEngine> engines, List<SteppedHost> hosts, List<SteppedThread> threads) {
        this.engines = engines;
        this.hosts = hosts;
        this.threads = threads;
    }

    /// The thread that comes next at this instant, or null when nothing is due any more.
    @Nullable
    SteppedThread next(SteppedRuntime runtime, Goal goal) {
        do {
            if (next == HOSTS) {
                turnHosts(runtime.now());
            }
            while (next < threads.size()) {
                SteppedThread t = threads.get(next++);
                if (t.isRunnable(runtime.now())) {
                    ran = true;
                    return t;
                }
            }
        } while (endRound(goal));
        return null;
    }

    private void turnHosts(long now) {
        for (int i = 0; i < engines.size(); i++) {
            ran |= engines.get(i).runIfWanted(now);
        }
        for (int i = 0; i < hosts.size(); i++) {
            ran |= hosts.get(i).turnAll();
        }
        next = 0;
    }

    private boolean endRound(Goal goal) {
        threads.removeIf(SteppedThread::isDone);
        boolean did = ran;
        restart();
        if (did) {
            goal.ran();
        }
        return did;
    }

    void restart() {
        next = HOSTS;
        ran = false;
    }
}
