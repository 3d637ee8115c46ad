package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Asks a server of iperf3 for a test and takes part in it.
public final class IperfClient {
    private static final long SECOND = 1_000_000_000;
    private static final long ANSWER_NANOS = 5 * SECOND;
    private static final int SOCKET = 1;

    private final Stack stack;
    private final StackRuntime runtime;
    private final InetSockAddress server;
    private final TestPlan plan;
    private final List<Flow> flows = new ArrayList<>();

    /// For a test with a server.
    public IperfClient(Stack stack, InetSockAddress server, TestPlan plan) {
        this.stack = stack;
        this.runtime = stack.runtime();
        this.server = server;
        this.plan = plan;
    }

    /// Runs it. In virtual time on a thread of the runtime.
    public Outcome run() throws IOException {
        try (ControlConnection control = new ControlConnection(StreamSocket.connect(stack.sockets(), server))) {
            byte[] cookie = cookie(control.socket());
            control.socket().write(cookie, 0, cookie.length);
            accepted(control);
            control.send(plan.toMessage());
            control.expect(State.CREATE_STREAMS, "after the parameters");
            for (int i = 0; i < plan.streams(); i++) {
                flows.add(plan.udp() ? datagrams(i) : connection(i, cookie));
            }
            control.expect(State.TEST_START, "when all streams are there");
            control.expect(State.TEST_RUNNING, "when the test begins");
            return measure(control);
        } finally {
            flows.forEach(Flow::close);
        }
    }

    private static void accepted(ControlConnection control) throws IOException {
        int state = control.state();
        if (state == State.ACCESS_DENIED) {
            throw new IOException("the server is busy with another test");
        }
        if (state != State.PARAM_EXCHANGE) {
            throw new IOException("the peer says " + state + ", as no server of iperf3 begins");
        }
    }

    private Outcome measure(ControlConnection control) throws IOException {
        List<Tally> tallies = flows.stream().map(f -> f.tally).toList();
        Measurement measurement = new Measurement(runtime, flows, tallies);
        runtime.pause(plan.seconds() * SECOND);
        measurement.end();
        control.send(State.TEST_END);
        control.expect(State.EXCHANGE_RESULTS, "when the test has ended");
        Outcome outcome = measurement.exchange(control, true, plan, !plan.reverse());
        control.expect(State.DISPLAY_RESULTS, "after the results");
        control.send(State.IPERF_DONE);
        return outcome;
    }

    private Flow connection(int index, byte[] cookie) throws IOException {
        StreamSocket socket = StreamSocket.connect(stack.sockets(), server);
        socket.write(cookie, 0, cookie.length);
        return new TcpFlow(stack, socket, index, !plan.reverse(), plan);
    }

    private Flow datagrams(int index) throws IOException {
        DatagramPort port = DatagramPort.bind(stack.sockets(), InetSockAddress.of(IpAddress.ANY_V4, 0));
        port.connect(server);
        byte[] four = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN) // iperf3 writes it as its machine does
                .putInt(DatagramHeader.CONNECT)
                .array();
        port.option(SOCKET, SocketOption.SO_RCVTIMEO, ANSWER_NANOS);
        port.send(four, 0, four.length, null);
        port.receive(four, 0, four.length);
        port.option(SOCKET, SocketOption.SO_RCVTIMEO, Flow.PATIENCE_NANOS);
        return new UdpFlow(runtime, port, null, index, !plan.reverse(), plan);
    }

    /// Names the test: no other client has this port of this host now.
    private byte[] cookie(StreamSocket control) {
        String name = Objects.toString(control.local()) + " " + runtime.clock().wallNanos();
        return Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), ControlConnection.COOKIE);
    }
}
