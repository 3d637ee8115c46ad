package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.testkit.kit.Trial;

/// Errors, ended directions, readiness, and who owns a socket.
final class StateRules {
    private static final int RESET = Errno.ECONNRESET.negative();
    private static final int FILLS = 3000;

    private StateRules() {}

    static void tellsAnErrorOnce(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        p.receiver().fail(Errno.ECONNRESET);
        trial.check(p.receiver().says(PollEvents.ERR), "poll does not say ERR though an error waits");
        trial.checkEqual(RESET, p.receiver().receive().result(), "recvmsg while an error waits");
        trial.check(!p.receiver().says(PollEvents.ERR), "poll says ERR though the error was told");
        trial.check(p.receiver().receive().result() != RESET, "recvmsg tells an error twice");
        p.sender().fail(Errno.ECONNRESET);
        trial.checkEqual(RESET, p.sender().send(h.message(), p.to()), "sendmsg while an error waits");
        trial.check(p.sender().send(h.message(), p.to()) != RESET, "sendmsg tells an error twice");
    }

    static void sendsNothingAfterShutdown(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.SHUTDOWN, s, trial);
        Pair p = Pair.of(h);
        trial.assume(p.to() == null, "only connections are shut down");
        trial.checkEqual(0, p.sender().shutdown(1), "shutdown of the sending direction");
        trial.checkEqual(Errno.EPIPE.negative(), p.sender().send(h.message(), null), "sendmsg after shutdown");
    }

    static void readsTheEndAfterShutdown(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = SocketHost.with(SocketAbility.SHUTDOWN, s, trial);
        Pair p = Pair.of(h);
        trial.assume(p.to() == null, "only connections are shut down");
        Endpoint e = p.sender();
        trial.checkEqual(0, e.shutdown(0), "shutdown of the receiving direction");
        trial.checkEqual(0, e.receive().result(), "recvmsg after shutdown");
        trial.check(e.isReadable(), "poll does not say IN after shutdown, when recvmsg says 0");
    }

    static void saysWhatCanBeRead(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        for (int i = 0; i < 20; i++) {
            for (int n = trial.random().nextInt(3); n > 0; n--) {
                p.sendAll(h.message());
            }
            h.rest();
            boolean said = p.receiver().isReadable();
            int n = p.receiver()
                    .receive(trial.random().nextInt(1, s.mostBytes()), 0, Endpoint.STRETCH)
                    .result();
            trial.checkEqual(said, n != Endpoint.AGAIN, "poll says IN, and recvmsg has something");
        }
    }

    static void saysWhetherThereIsRoom(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Filling f = Filling.of(h);
        boolean ever = false;
        boolean full = false;
        for (int i = 0; i < FILLS && !full; i++) {
            boolean said = f.sender().says(PollEvents.OUT);
            ever |= said;
            int n = f.send();
            trial.check(!said || n != Endpoint.AGAIN, "poll says OUT, and sendmsg says EAGAIN");
            full = n < 0;
        }
        trial.check(ever, "poll never says OUT");
        if (full) {
            trial.check(!f.sender().says(PollEvents.OUT), "poll says OUT after sendmsg said EAGAIN");
        }
        f.drain();
        trial.check(f.sender().says(PollEvents.OUT), "poll does not say OUT though all that was sent is gone");
    }

    static void changesNothingByLooking(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        Endpoint e = p.receiver();
        p.sendAll(h.message());
        h.rest();
        int queued = e.sock.receiveQueue().length();
        e.fail(Errno.ECONNRESET);
        for (int i = 0; i < 3; i++) {
            e.poll();
            trial.checkEqual(Errno.ECONNRESET.code(), e.sock.error(), "the pending error after poll");
            trial.check(!e.sock.context().isOwned(), "poll leaves the socket owned");
        }
        h.onCpu(cpu -> {
            e.own(cpu);
            e.poll();
            boolean owned = e.sock.context().isOwned();
            e.disown(cpu);
            trial.check(owned, "poll gave somebody's ownership away");
        });
        trial.checkEqual(queued, e.sock.receiveQueue().length(), "packets to read after poll");
    }

    static void leavesAnOwnedSocketAlone(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        byte[] m = h.message();
        Endpoint e = p.receiver();
        h.onCpu(cpu -> {
            e.own(cpu);
            if (p.isEcho()) {
                e.sendOwned(cpu, m, p.to(), Endpoint.STRETCH);
            }
        });
        if (!p.isEcho()) {
            p.sendAll(m);
        }
        h.rest();
        boolean untouched = e.sock.receiveQueue().isEmpty();
        boolean owned = e.sock.context().isOwned();
        h.onCpu(e::disown);
        trial.check(owned, "somebody gave the owner's ownership away");
        trial.check(untouched, "a packet was queued while somebody else owned the socket");
        h.rest();
        trial.check(e.isReadable(), "what came while the socket was owned is not there afterwards");
        trial.check(!e.sock.context().isOwned(), "the socket stays owned after a packet came");
    }

    /// Time and chance come from the stack: the same calls with the same seed have the same results.
    static void isRepeatable(SocketSubject s, Trial trial) throws Exception {
        long seed = trial.random().nextLong();
        trial.checkEqual(
                Script.run(new SocketHost(s, trial), seed),
                Script.run(new SocketHost(s, trial), seed),
                "hash of the results of the same calls with the same seed");
    }
}
