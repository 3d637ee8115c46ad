package dev.netstack4j.bus.emulated.dma;

/// Names the line of code that called, for messages of the checked mode.
final class Places {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private Places() {}

    /// The nearest caller that belongs neither to this package nor to the buffers' accessors.
    static String caller() {
        return WALKER.walk(frames -> frames.filter(f -> !isInner(f.getClassName()))
                .findFirst()
                .map(StackWalker.StackFrame::toString)
                .orElse("an unknown place"));
    }

    private static boolean isInner(String className) {
        return className.startsWith("dev.netstack4j.api.buffer.")
                || className.startsWith("dev.netstack4j.bus.emulated.dma.") && !className.endsWith("Test");
    }
}
