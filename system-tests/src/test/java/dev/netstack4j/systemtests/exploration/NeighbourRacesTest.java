package dev.netstack4j.systemtests.exploration;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.explore.Choices;
import org.junit.jupiter.api.Test;

/// An answer comes at the instant at which a neighbour is given up, and while packets are sent to it.
class NeighbourRacesTest {
    private static final int SCHEDULES = 60;
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:02");
    private static final InetSockAddress PEER = InetSockAddress.of("10.0.0.2", 9);
    private static final int BEFORE = 2;
    private static final int MEANWHILE = 2;

    private static void answered(VirtualRuntime runtime, Choices choices) throws Exception {
        Stack stack = Races.whole(runtime);
        SilentNic nic = new SilentNic(stack);
        stack.ipv4().addAddress(nic.device, IpPrefix.parse("10.0.0.1/24"));
        stack.links().up(nic.device);
        DatagramPort port = DatagramPort.bind(stack.sockets(), InetSockAddress.of("10.0.0.1", 1000));
        send(port, BEFORE);
        Neighbour peer = stack.service(NeighbourTables.class)
                .table(AddressFamily.INET)
                .find(IpAddress.parse("10.0.0.2"), nic.device);
        if (peer == null || peer.state() != NudState.INCOMPLETE) {
            throw new IllegalStateException("the neighbour is not asked for: " + peer);
        }
        untilGivenUp(runtime, peer);
        choices.begin();
        runtime.start("answer", () -> {
            runtime.pause(1);
            Races.onCpu(stack, cpu -> peer.update(MAC, NudState.REACHABLE, true, cpu));
        });
        runtime.start("sender", () -> {
            runtime.pause(1);
            send(port, MEANWHILE);
        });
        runtime.advance(1);
        choices.end();
        judge(stack, nic, peer);
        port.close();
        Races.close(stack);
    }

    /// Time stands right before the instant at which nobody asks any more.
    private static void untilGivenUp(VirtualRuntime runtime, Neighbour peer) {
        long lastProbe = peer.updatedNanos() + 2 * 1_000_000_000L;
        runtime.advance(lastProbe + 500_000_000L - runtime.clock().nanos());
        runtime.advance(runtime.nextDeadlineNanos() - 1 - runtime.clock().nanos());
        if (peer.state() != NudState.INCOMPLETE) {
            throw new IllegalStateException("given up too early: " + peer);
        }
    }

    private static void send(DatagramPort port, int count) {
        for (int i = 0; i < count; i++) {
            try {
                port.send(new byte[10], 0, 10, PEER);
            } catch (NetException e) {
                if (e.errno() != Errno.EHOSTUNREACH) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void judge(Stack stack, SilentNic nic, Neighbour peer) {
        if (peer.state() != NudState.REACHABLE) {
            throw new AssertionError("the answer was not believed: " + peer);
        }
        long live = stack.packets().live();
        if (live != 0) {
            throw new AssertionError(
                    live + " packets wait for a neighbour that is known; " + nic.packets + " were sent");
        }
    }

    @Test
    void noPacketWaitsForANeighbourThatIsKnown() {
        Races.check("neighbour resolve against timeout", SCHEDULES, NeighbourRacesTest::answered);
    }
}
