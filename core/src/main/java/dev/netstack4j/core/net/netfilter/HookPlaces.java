package dev.netstack4j.core.net.netfilter;

/// The [HookPlace]s of one CPU: a hook may itself send a packet, so they are a stack.
final class HookPlaces {
    private static final int USUAL_DEPTH = 8;

    private final HookPlace[] places = new HookPlace[USUAL_DEPTH];
    private int depth;

    HookPlaces() {
        for (int i = 0; i < USUAL_DEPTH; i++) {
            places[i] = new HookPlace();
        }
    }

    HookPlace push() {
        int at = depth++;
        return at < USUAL_DEPTH ? places[at] : new HookPlace();
    }

    void pop() {
        depth--;
    }
}
