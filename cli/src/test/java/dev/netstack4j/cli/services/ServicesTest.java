package dev.netstack4j.cli.services;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.serve.StandardServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All services of one stack, over its loopback device, in virtual time.
class ServicesTest {
    private final VirtualRuntime runtime = StackFactory.find().virtualTime(7);
    private Stack stack;
    private StandardServices services;

    @BeforeEach
    void assemble() throws Exception {
        stack = StackFactory.find()
                .builder()
                .name("server")
                .runtime(runtime)
                .discover(ServicesTest.class.getClassLoader())
                .build();
        services = new StandardServices(stack, Threads.of(runtime));
        services.startSmallOnes();
    }

    @AfterEach
    void closeWithoutLeak() {
        runtime.start("end", services::close).join();
        stack.close();
        assertEquals(0, stack.packets().live());
        runtime.close();
    }

    @Test
    void echoSendsBackWhatItGets() {
        converse(Echo.PORT, peer -> {
            byte[] text = "echo this".getBytes(StandardCharsets.US_ASCII);
            peer.write(text, 0, text.length);
            peer.shutdownOutput();
            assertArrayEquals(text, peer.input().readAllBytes());
        });
    }

    @Test
    void discardSaysNothing() {
        converse(Discard.PORT, peer -> {
            peer.write(new byte[100_000], 0, 100_000);
            peer.shutdownOutput();
            assertEquals(-1, peer.input().read());
        });
    }

    @Test
    void daytimeSaysALineAndCloses() {
        converse(Daytime.PORT, peer -> {
            String line = new String(peer.input().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(line.matches("\\w+day, \\w+ \\d+, \\d+ \\d\\d:\\d\\d:\\d\\d-UTC\r\n"), line);
        });
    }

    @Test
    void chargenSendsShiftedLinesForAsLongAsThePeerWants() {
        converse(CharacterGenerator.PORT, peer -> {
            String lines = new String(peer.input().readNBytes(74 * 96), StandardCharsets.US_ASCII);
            assertEquals(" !\"#$%", lines.substring(0, 6));
            assertEquals("!\"#$%&", lines.substring(74, 80));
            assertEquals("~ !\"", lines.substring(74 * 94, 74 * 94 + 4));
            assertEquals(lines.substring(0, 74), lines.substring(74 * 95));
        });
    }

    @Test
    void datagramsAreAnsweredToo() {
        runtime.start("client", () -> {
                    try (DatagramPort port = DatagramPort.bind(stack.sockets(), at(0))) {
                        assertEquals("abc", ask(port, Echo.PORT, "abc"));
                        assertTrue(ask(port, Daytime.PORT, "").endsWith("-UTC\r\n"));
                        assertEquals(74, ask(port, CharacterGenerator.PORT, "").length());
                    } catch (NetException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
    }

    @Test
    void twoServicesCannotBeMadeToTalkToEachOther() {
        runtime.start("attacker", () -> {
                    try (DatagramPort port = DatagramPort.bind(stack.sockets(), at(17))) {
                        port.option(SocketOption.SOL_SOCKET, SocketOption.SO_RCVTIMEO, 1_000_000_000L);
                        org.junit.jupiter.api.Assertions.assertThrows(
                                NetException.class, () -> ask(port, Echo.PORT, "x"));
                    } catch (NetException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
    }

    private static String ask(DatagramPort port, int service, String text) throws NetException {
        byte[] buffer = text.getBytes(StandardCharsets.US_ASCII);
        port.send(buffer, 0, buffer.length, at(service));
        byte[] answer = new byte[200];
        return new String(answer, 0, port.receive(answer, 0, answer.length), StandardCharsets.US_ASCII);
    }

    private static InetSockAddress at(int port) {
        return InetSockAddress.of(IpAddress.LOOPBACK_V4, port);
    }

    private void converse(int port, Talk talk) {
        runtime.start("client", () -> {
                    try (StreamSocket peer = StreamSocket.connect(stack.sockets(), at(port))) {
                        talk.with(peer);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
    }

    private interface Talk {
        void with(StreamSocket peer) throws IOException;
    }
}
