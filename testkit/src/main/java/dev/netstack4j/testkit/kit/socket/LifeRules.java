package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.testkit.kit.Trial;

/// Making a socket, its addresses, and its end.
final class LifeRules {
    private static final int REFUSED = Errno.EOPNOTSUPP.negative();

    private LifeRules() {}

    static void makesNewOnes(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Endpoint a = h.open();
        Endpoint b = h.open();
        trial.check(a.sock != b.sock, "create gives the same socket twice");
        trial.check(a.sock.context() != b.sock.context(), "two sockets share one context");
        for (Sock sock : new Sock[] {a.sock, b.sock}) {
            trial.checkEqual(s.family(), sock.family(), "family of a new socket");
            trial.checkEqual(s.type(), sock.type(), "type of a new socket");
            trial.checkEqual(0, sock.error(), "error of a new socket");
            trial.checkEqual(0, sock.shutdown(), "directions that ended of a new socket");
            trial.check(sock.receiveQueue().isEmpty(), "a new socket has packets to read");
        }
        trial.check(!a.says(PollEvents.IN | PollEvents.ERR), "poll of a new socket says IN or ERR");
        trial.checkEqual(0, h.stack.packets().live(), "packets alive after two sockets were made");
    }

    static void refusesWhatItHasNot(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Endpoint e = h.open();
        boolean judged = false;
        if (!h.can(SocketAbility.BIND)) {
            trial.checkEqual(REFUSED, e.bind(s.address(0)), "bind, which is not declared");
            judged = true;
        }
        if (!h.can(SocketAbility.LISTEN)) {
            trial.checkEqual(REFUSED, e.listen(1), "listen, which is not declared");
            trial.check(e.accept() == null, "accept of a socket that cannot listen gave a connection");
            judged = true;
        }
        if (!h.can(SocketAbility.SHUTDOWN)) {
            trial.checkEqual(REFUSED, e.shutdown(2), "shutdown, which is not declared");
            judged = true;
        }
        if (!h.can(SocketAbility.CONNECT) && !h.can(SocketAbility.LISTEN)) {
            trial.checkEqual(REFUSED, e.connect(s.address(0)), "connect, which is not declared");
            judged = true;
        }
        trial.assume(judged, "the subject declares all abilities");
    }

    static void freesWhatIsQueued(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        for (int i = 0; i < 5; i++) {
            p.sendAll(h.message());
        }
        if (trial.random().nextBoolean()) {
            h.rest();
        }
        boolean senderFirst = trial.random().nextBoolean();
        (senderFirst ? p.sender() : p.receiver()).release();
        (senderFirst ? p.receiver() : p.sender()).release();
        if (p.listener() != null) {
            p.listener().release();
        }
        h.checkNothingLeft("ten minutes after all sockets were closed");
        trial.checkEqual(0, p.receiver().sock.context().readAllocated(), "bytes charged to a closed reader");
        trial.checkEqual(0, p.sender().sock.context().writeAllocated(), "bytes charged to a closed sender");
    }

    static void givesTheAddressBack(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.BIND, s, trial);
        for (int i = 0; i < 3; i++) {
            Endpoint e = h.open();
            trial.checkEqual(0, e.bind(s.address(1)), "bind to an address whose last socket was closed");
            e.release();
            h.rest();
        }
    }

    static void takesNothingAfterItsEnd(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        byte[] m = h.message();
        h.onCpu(cpu -> {
            p.sender().own(cpu);
            p.sender().sendOwned(cpu, m, p.to(), Endpoint.STRETCH);
            p.sender().disown(cpu);
            p.receiver().releaseOn(cpu);
        });
        h.rest();
        if (!p.isEcho()) {
            p.sender().send(h.message(), p.to());
            h.rest();
        }
        trial.check(p.receiver().sock.receiveQueue().isEmpty(), "a packet was queued for a socket that is closed");
    }

    static void tellsAddresses(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        SockAddress at = s.address(0);
        trial.check(h.open().name(true) == null, "a new socket has a peer");
        if (h.can(SocketAbility.BIND)) {
            Endpoint e = h.open();
            trial.checkEqual(0, e.bind(at), "bind");
            trial.checkEqual(at, e.name(false), "the name of a socket that was bound");
            trial.check(e.name(true) == null, "a socket that was only bound has a peer");
            e.release();
            h.rest();
        }
        Pair p = Pair.of(h);
        if (p.to() == null) {
            trial.checkEqual(at, p.sender().name(true), "the peer of a socket that was connected");
        }
    }

    static void sharesNoAddress(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.EXCLUSIVE, s, trial);
        trial.checkEqual(0, h.open().bind(s.address(2)), "bind to a free address");
        trial.checkEqual(
                Errno.EADDRINUSE.negative(), h.open().bind(s.address(2)), "bind to an address that a socket has");
        trial.checkEqual(0, h.open().bind(s.address(3)), "bind to another address");
    }

    static void refusesOtherFamilies(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        if (h.can(SocketAbility.BIND)) {
            refused(trial, h.open().bind(new Foreign()), "bind to");
        }
        if (h.can(SocketAbility.CONNECT) || h.can(SocketAbility.LISTEN)) {
            refused(trial, h.open().connect(new Foreign()), "connect to");
        }
        if (!h.isStream()) {
            refused(trial, h.open().send(h.message(), new Foreign()), "sendmsg to");
        }
    }

    private static void refused(Trial trial, int result, String what) {
        trial.check(
                result == Errno.EAFNOSUPPORT.negative() || result == Errno.EINVAL.negative(),
                what + " an address of another family returned " + result);
    }
}
