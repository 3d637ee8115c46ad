package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.testkit.kit.Trial;
import java.util.ArrayList;
import java.util.List;

/// Sockets that listen.
final class ListenRules {
    private ListenRules() {}

    static void givesEachConnectionOnce(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.LISTEN, s, trial);
        Endpoint listener = Pair.listener(h, 8);
        trial.check(listener.accept() == null, "accept before any client gave a connection");
        trial.check(!listener.isReadable(), "poll of a listener without a client says IN");
        List<SockAddress> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Endpoint client = Pair.client(h);
            h.rest();
            clients.add(client.name(false));
        }
        List<SockAddress> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            trial.check(listener.isReadable(), "poll of a listener with a connection does not say IN");
            Endpoint server = listener.accept();
            if (server == null) {
                throw new AssertionError("three clients are connected, and accept gave " + i + " connections");
            }
            accepted.add(server.name(true));
        }
        trial.checkEqual(clients, accepted, "the peers of accepted connections, oldest first");
        trial.check(listener.accept() == null, "accept gave more connections than there are clients");
        trial.check(!listener.isReadable(), "poll of a listener says IN though all connections were taken");
    }

    static void keepsToTheBacklog(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.LISTEN, s, trial);
        int backlog = trial.random().nextInt(1, 4);
        Endpoint listener = Pair.listener(h, backlog);
        for (int i = 0; i < backlog + 5; i++) {
            h.open().connect(s.address(0));
            h.rest();
        }
        int accepted = 0;
        while (listener.accept() != null) {
            accepted++;
        }
        trial.check(accepted > 0, "accept gives no connection though clients have connected");
        trial.check(accepted <= backlog + 1, accepted + " connections waited for accept with a backlog of " + backlog);
    }

    static void endsWhatNobodyTook(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.LISTEN, s, trial);
        Endpoint listener = Pair.listener(h, 8);
        List<Endpoint> clients = List.of(Pair.client(h), Pair.client(h), Pair.client(h));
        h.rest();
        if (trial.random().nextBoolean()) {
            clients.getFirst().send(h.message(), null);
            h.rest();
        }
        listener.release();
        h.rest();
        for (Endpoint client : clients) {
            trial.check(
                    client.says(PollEvents.IN | PollEvents.HUP | PollEvents.ERR),
                    "poll says nothing to a client whose listener has ended");
            int n = client.receive().result();
            trial.check(n <= 0 && n != Endpoint.AGAIN, "recvmsg of a client whose listener has ended returned " + n);
            client.release();
        }
        h.checkNothingLeft("ten minutes after a listener and its clients were closed");
    }
}
