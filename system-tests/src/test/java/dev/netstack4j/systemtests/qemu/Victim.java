package dev.netstack4j.systemtests.qemu;

import dev.netstack4j.systemtests.walk.Pair;
import java.util.Map;

/// A program that starts QEMU, tells so, and waits to be killed or ends by itself, without closing anything.
final class Victim {
    private Victim() {}

    /// @param args whether to wait for the kill
    public static void main(String[] args) throws Exception {
        Pair.real(new Pair.Card("qemu", "e1000", Map.of("time", "warp")));
        System.out.println(
                ProcessHandle.current().children().findFirst().orElseThrow().pid());
        if (Boolean.parseBoolean(args[0])) {
            System.in.read(); // for ever: nothing is written there
        }
        System.exit(0);
    }
}
