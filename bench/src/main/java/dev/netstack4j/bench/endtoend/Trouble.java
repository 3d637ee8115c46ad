package dev.netstack4j.bench.endtoend;

/// Code of a thread that may throw: then the measurement is over.
final class Trouble {
    private Trouble() {}

    interface Body {
        void run() throws Exception;
    }

    static void hide(Body body) {
        try {
            body.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
