package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.proto.tcp.control.EcnVars;

/// What acknowledgements tell the peer about marks, and new data about reductions.
public final class EcnEcho {
    private EcnEcho() {}

    /// A mark was seen: say so until the peer answers.
    public static void on(EcnVars ecn) {
        ecn.echo = true;
    }

    /// As it was, or is to be.
    public static void set(EcnVars ecn, boolean marked) {
        ecn.echo = marked;
    }

    /// New data tells the peer that the window was reduced.
    public static void reductionTold(EcnVars ecn) {
        ecn.reduced = false;
    }

    /// The peer has reduced its window.
    public static void off(EcnVars ecn) {
        ecn.echo = false;
    }
}
