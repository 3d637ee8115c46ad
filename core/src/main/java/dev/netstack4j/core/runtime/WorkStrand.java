package dev.netstack4j.core.runtime;

/// In schedule exploration: what a CPU's agent or an engine does, on a thread of its own. It comes to rest between two
/// pieces of work.
final class WorkStrand extends Strand {
    private final Work work;
    private boolean done;

    /// What it does.
    interface Work {
        /// One piece, without a wait at its end.
        void piece();

        /// Whether there may be another one.
        boolean isWanted();

        /// Whether it will never be wanted again.
        default boolean isOver() {
            return false;
        }
    }

    WorkStrand(SteppedRuntime runtime, String name, Work work) {
        super(runtime, name);
        this.work = work;
    }

    @Override
    void run() {
        try {
            begin();
            while (!work.isOver()) {
                work.piece();
                runtime.baton().switchFrom(this);
            }
            done = true;
            runtime.ended(this);
        } catch (RuntimeClosed e) {
            done = true;
        } catch (Throwable e) {
            done = true;
            runtime.baton().failed(e);
            runtime.ended(this);
        }
    }

    /// The runtime was closed: nothing depends on this any more, so its thread ends by itself.
    void end() {
        if (!done) {
            close();
            grant();
        }
    }

    @Override
    boolean wantsToRun(long now) {
        return !done && work.isWanted();
    }

    @Override
    boolean isDone() {
        return done;
    }
}
