package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.socket.SockAddress;
import org.jspecify.annotations.Nullable;

/// A socket whose packets stay where they are: in the kit's device, or unread with the other socket of a pair.
///
/// @param pair null when the packets stay in the device
record Filling(
        SocketHost host,
        Endpoint sender,
        @Nullable SockAddress to,
        @Nullable Pair pair) {
    static Filling of(SocketHost h) {
        SockAddress away = h.subject.away();
        if (away == null || h.can(SocketAbility.LISTEN)) {
            Pair p = Pair.of(h);
            return new Filling(h, p.sender(), p.to(), p);
        }
        h.device.hold();
        return new Filling(h, h.open(), away, null);
    }

    /// Sends one message.
    int send() {
        int n = sender.send(host.message(host.subject.mostBytes()), to);
        host.trial.check(n >= 0 || n == Endpoint.AGAIN, "sendmsg without an error to tell returned " + n);
        return n;
    }

    /// Whether there is a way to be told to wait.
    boolean fills() {
        return pair == null || host.can(SocketAbility.RELIABLE);
    }

    /// Lets everything that was sent go.
    void drain() {
        Pair p = pair;
        if (p == null) {
            host.onCpu(host.device::letGo);
        } else {
            for (int empty = 0; empty < 5; empty = p.takeAll().isEmpty() ? empty + 1 : 0) {
                host.rest();
            }
        }
        host.rest();
    }
}
