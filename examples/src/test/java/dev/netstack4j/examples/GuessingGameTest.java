package dev.netstack4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.testkit.simulation.FrameFate;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.Simulation;
import dev.netstack4j.testkit.simulation.junit.EachSeed;
import dev.netstack4j.testkit.simulation.junit.Simulated;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A lesson: how to test a protocol of your own in a simulation.
///
/// The protocol is a guessing game over UDP. A player sends a number; the keeper answers whether its secret is below,
/// above, or that number. Datagrams get lost, so the player asks again when no answer comes; datagrams get overtaken,
/// so an answer repeats the question. The tests run the game over a link that does its worst, for twenty seeds, in
/// virtual time. When one fails, it prints the seed and the command to run that seed again.
@Simulated(
        hosts = {"player", "keeper"},
        link = "delay=20ms jitter=5ms loss=10% reorder=5% behind=300ms duplicate=5% corrupt=2%")
class GuessingGameTest {
    private static final int PORT = 4000;
    private static final int PATIENCE_MILLIS = 200;
    private static final byte LEAVE = -1;

    /// Answers until it is told to leave.
    private static void keep(SimHost host, int secret) throws NetException {
        try (DatagramPort port = DatagramPort.bind(host.sockets(), host.at(PORT))) {
            byte[] message = new byte[2];
            while (port.receive(message, 0, 2) > 0 && message[0] != LEAVE) {
                message[1] = (byte) Integer.compare(secret, message[0] & 0xFF);
                port.send(message, 0, 2, port.source());
            }
        }
    }

    /// Halves the range from 0 to 200 until it has found the secret.
    private static int guess(SimHost host, InetSockAddress keeper) throws NetException {
        try (DatagramPort port = DatagramPort.bind(host.sockets(), host.at(0))) {
            port.option(SocketOption.SOL_SOCKET, SocketOption.SO_RCVTIMEO, PATIENCE_MILLIS * 1_000_000L);
            int low = 0;
            int high = 200;
            while (low < high) {
                int middle = (low + high) / 2;
                int answer = ask(port, keeper, middle);
                low = answer > 0 ? middle + 1 : answer == 0 ? middle : low;
                high = answer < 0 ? middle - 1 : answer == 0 ? middle : high;
            }
            return low;
        }
    }

    private static int ask(DatagramPort port, InetSockAddress keeper, int number) throws NetException {
        byte[] message = new byte[2];
        while (true) {
            port.send(new byte[] {(byte) number, 0}, 0, 2, keeper);
            try {
                do {
                    port.receive(message, 0, 2);
                } while (message[0] != (byte) number); // an answer to an earlier question
                return message[1];
            } catch (NetException noAnswer) {
                // ask again
            }
        }
    }

    private static void play(Simulation net, SimHost player, SimHost keeper) {
        int secret = new SplittableRandom(net.seed()).nextInt(200); // chance comes from the seed
        keeper.run("game", () -> keep(keeper, secret));
        player.run("game", () -> {
            assertEquals(secret, guess(player, keeper.at(PORT)));
            net.links().forEach(l -> l.shape("delay=20ms")); // so that the farewell is not lost
            net.sleep(Simulation.SECOND);
            try (DatagramPort port = DatagramPort.bind(player.sockets(), player.at(0))) {
                port.send(new byte[] {LEAVE}, 0, 1, keeper.at(PORT));
            }
        });
        net.join();
    }

    @EachSeed(20)
    void theSecretIsFoundWhateverTheLinkDoes(Simulation net, SimHost player, SimHost keeper) {
        play(net, player, keeper);
    }

    @Test
    void theGameOutlivesACutOfAMinute(Simulation net, SimHost player, SimHost keeper, SimLink link) {
        net.at(50 * Simulation.MILLISECOND, link::cut);
        net.at(60 * Simulation.SECOND, link::heal);
        play(net, player, keeper);
        assertTrue(net.nowNanos() > 60 * Simulation.SECOND);
        assertTrue(link.count(FrameFate.CUT) > 100, link::toString);
    }
}
