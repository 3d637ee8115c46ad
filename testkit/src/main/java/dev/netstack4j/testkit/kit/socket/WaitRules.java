package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.socket.Files.Two;

/// Calls that wait, and who wakes them.
final class WaitRules {
    private static final int FILLS = 3000;

    private WaitRules() {}

    static void wakesReaders(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Files files = new Files(h);
        Two t = files.two();
        Files.Waiting poller = files.new Waiting("poll", () -> poll(files, t.receiver()));
        poller.checkItWaits();
        files.send(t.sender(), t.to());
        poller.checkItEnds("something came");
        files.receive(t.receiver(), 0);
        Files.Waiting reader = files.new Waiting("recvmsg", () -> files.receive(t.receiver(), 0));
        reader.checkItWaits();
        files.send(t.sender(), t.to());
        trial.check(reader.checkItEnds("something came") > 0, "recvmsg that waited got nothing");
        if (h.isStream()) {
            Files.Waiting last = files.new Waiting("recvmsg", () -> files.receive(t.receiver(), 0));
            last.checkItWaits();
            files.calls.close(t.sender());
            trial.checkEqual(0L, last.checkItEnds("the peer has closed"), "recvmsg at the end of the stream");
        }
    }

    private static long poll(Files files, int fd) {
        return files.calls.poll(new int[] {fd}, new int[] {PollEvents.IN}, new int[1], -1);
    }

    static void wakesWriters(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Files files = new Files(h);
        SockAddress away = s.away();
        boolean held = away != null && !h.can(SocketAbility.LISTEN);
        trial.assume(
                held || h.can(SocketAbility.RELIABLE),
                "the subject is not reliable, and has no address whose packets leave by the kit's device");
        Two t = held ? new Two(files.open(), -1, away) : files.two();
        if (held) {
            h.device.hold();
        }
        fill(files, t);
        Files.Waiting writer = files.new Waiting("sendmsg", () -> files.send(t.sender(), t.to(), 0));
        writer.checkItWaits();
        if (held) {
            h.onCpu(h.device::letGo);
        }
        for (int i = 0; !held && i < 200; i++) {
            files.receive(t.receiver(), MessageFlags.DONTWAIT);
            h.rest();
        }
        trial.check(writer.checkItEnds("there is room") > 0, "sendmsg that waited for room took nothing");
    }

    private static void fill(Files files, Two t) {
        int i = 0;
        while (i < FILLS && files.send(t.sender(), t.to()) > 0) {
            i++;
            files.host.runtime.advance(SocketHost.MILLISECOND);
        }
        files.host.trial.check(i < FILLS, "a sender whose bytes do not leave is never told to wait");
    }

    static void wakesWhoAccepts(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.LISTEN, s, trial);
        Files files = new Files(h);
        int listener = files.listener();
        Files.Waiting poller = files.new Waiting("poll", () -> poll(files, listener));
        poller.checkItWaits();
        files.connecting();
        poller.checkItEnds("a client has connected");
        files.calls.accept(listener);
        Files.Waiting accept = files.new Waiting("accept", () -> files.calls.accept(listener));
        accept.checkItWaits();
        files.connecting();
        trial.check(accept.checkItEnds("a client has connected") >= 0, "accept that waited gave no connection");
    }

    static void wakesWhoConnects(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        trial.assume(h.can(SocketAbility.LISTEN) || h.can(SocketAbility.CONNECT), "the subject does not connect");
        Files files = new Files(h);
        if (h.can(SocketAbility.LISTEN)) {
            files.listener();
        }
        int fd = files.open();
        Files.Waiting connect = files.new Waiting("connect", () -> files.calls.connect(fd, s.address(0)));
        trial.checkEqual(0L, connect.checkItEnds("somebody is there"), "connect to an address where somebody is");
        trial.check(files.send(fd, null) > 0, "a socket that was connected sends nothing");
    }

    static void endsWhereNobodyIs(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        SockAddress nobody = s.nobody();
        if (nobody == null) {
            throw trial.unjudged("the subject has no address at which nobody can be");
        }
        Files files = new Files(h);
        int fd = files.open();
        Files.Waiting connect = files.new Waiting("connect", () -> files.calls.connect(fd, nobody));
        long n = connect.checkItEnds("nobody is there", SocketHost.TEN_MINUTES);
        trial.check(n < 0, "connect to an address where nobody is returned " + n);
    }
}
