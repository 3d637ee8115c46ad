package dev.netstack4j.testkit.script.record;

import dev.netstack4j.testkit.script.model.Value;
import java.util.ArrayList;
import java.util.List;

/// Puts a host's acknowledgements behind the segments that they answer. A card hands over several segments at once, and
/// their answers stand behind all of them in a capture; a script sends them one by one, and each is answered at once.
final class Bursts {
    private static final long AT_ONCE = 1_000_000;
    /// ACK alone.
    private static final int PLAIN = 0x10;

    private Bursts() {}

    static List<Turn> untangled(List<Turn> turns) {
        List<Turn> made = new ArrayList<>();
        int free = 0;
        for (Turn t : turns) {
            int at = t.fromHost() && isPlainAck(t) ? behindItsCause(t, made, free) : made.size();
            made.add(
                    at,
                    t.fromHost() && at < made.size() ? at(t, made.get(at - 1).nanos()) : t);
            free = t.fromHost() ? at + 1 : free;
        }
        return made;
    }

    private static Turn at(Turn t, long nanos) {
        return new Turn(nanos, true, t.ip(), t.inner());
    }

    private static boolean isPlainAck(Turn t) {
        return t.payload() == 0 && t.inner().get("flags") instanceof Value.Flags f && f.set() == PLAIN;
    }

    private static int behindItsCause(Turn ack, List<Turn> before, int free) {
        int first = before.size();
        while (first > free
                && !before.get(first - 1).fromHost()
                && ack.nanos() - before.get(first - 1).nanos() <= AT_ONCE) {
            first--;
        }
        for (int i = first; i < before.size(); i++) {
            Turn cause = before.get(i);
            long end = cause.position("seq") + cause.payload() + (cause.has("FIN") ? 1 : 0);
            if (cause.payload() > 0 && (int) (end - ack.position("ack")) >= 0) {
                return i + 1;
            }
        }
        return before.size();
    }
}
