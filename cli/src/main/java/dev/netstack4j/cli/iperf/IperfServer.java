package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Serves tests as a server of iperf3 does, one after the other. A client that comes meanwhile waits for its turn; one
/// that falls silent is given up.
public final class IperfServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int SOCKET = 1;
    private static final long SECOND = 1_000_000_000;
    private static final long ANSWER_NANOS = 30 * SECOND;
    /// The longest time that a client may run before it measures.
    private static final long OMITTED_NANOS = 600 * SECOND;
    private static final int BUFFER = 4 << 20;

    private final Stack stack;
    private final StackRuntime runtime;
    private final int port;
    private final StreamServer listener;

    /// Listens.
    public IperfServer(Stack stack, int port) throws IOException {
        this.stack = stack;
        this.runtime = stack.runtime();
        this.port = port;
        this.listener = StreamServer.listen(stack.sockets(), InetSockAddress.of(IpAddress.ANY_V4, port), BACKLOG);
    }

    /// Waits for a client and takes part in its test.
    ///
    /// @throws IOException the test failed, or the client speaks something else; the next one can be served
    public Outcome serve() throws IOException {
        try (ControlConnection control = new ControlConnection(listener.accept())) {
            control.patience(ANSWER_NANOS);
            byte[] cookie = ControlConnection.read(control.socket(), ControlConnection.COOKIE);
            control.send(State.PARAM_EXCHANGE);
            TestPlan plan = planOf(control);
            return plan.udp() ? datagrams(control, plan) : connections(control, plan, cookie);
        }
    }

    private static TestPlan planOf(ControlConnection control) throws IOException {
        try {
            return TestPlan.of(control.message());
        } catch (IOException e) {
            control.send(State.SERVER_ERROR);
            byte[] twoNumbers = new byte[2 * Integer.BYTES]; // iperf3's own number of the error, and errno
            control.socket().write(twoNumbers, 0, twoNumbers.length);
            throw e;
        }
    }

    private Outcome connections(ControlConnection control, TestPlan plan, byte[] cookie) throws IOException {
        List<Flow> flows = new ArrayList<>();
        try {
            control.send(State.CREATE_STREAMS);
            while (flows.size() < plan.streams()) {
                StreamSocket socket = listener.accept();
                ControlConnection.patience(socket, ANSWER_NANOS);
                if (Arrays.equals(ControlConnection.read(socket, ControlConnection.COOKIE), cookie)) {
                    flows.add(new TcpFlow(stack, socket, flows.size(), plan.reverse(), plan));
                } else {
                    refuse(socket);
                }
            }
            return measure(
                    control, plan, flows, flows.stream().map(f -> f.tally).toList());
        } finally {
            flows.forEach(Flow::close);
        }
    }

    private static void refuse(StreamSocket other) throws IOException {
        try (other) {
            other.write(new byte[] {State.ACCESS_DENIED}, 0, 1);
        }
    }

    private Outcome datagrams(ControlConnection control, TestPlan plan) throws IOException {
        InetSockAddress any = InetSockAddress.of(IpAddress.ANY_V4, port);
        try (DatagramPort shared = DatagramPort.bind(stack.sockets(), any)) {
            shared.option(SOCKET, SocketOption.SO_RCVBUF, BUFFER);
            shared.option(SOCKET, SocketOption.SO_RCVTIMEO, ANSWER_NANOS);
            control.send(State.CREATE_STREAMS);
            List<UdpFlow> flows = new ArrayList<>();
            while (flows.size() < plan.streams()) {
                flows.add(greet(shared, flows.size(), plan));
            }
            shared.option(SOCKET, SocketOption.SO_RCVTIMEO, Flow.PATIENCE_NANOS);
            List<Flow> running = plan.reverse()
                    ? List.copyOf(flows)
                    : List.of(new UdpReceiver(runtime, shared, flows, plan.length()));
            return measure(
                    control, plan, running, flows.stream().map(f -> f.tally).toList());
        }
    }

    private UdpFlow greet(DatagramPort shared, int index, TestPlan plan) throws IOException {
        byte[] four = new byte[Integer.BYTES];
        int asked;
        ByteBuffer number = ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN);
        do {
            shared.receive(four, 0, four.length);
            asked = number.getInt(0);
        } while (asked != DatagramHeader.CONNECT && asked != DatagramHeader.OLD_CONNECT);
        boolean old = asked == DatagramHeader.OLD_CONNECT;
        number.putInt(0, old ? DatagramHeader.OLD_CONNECTED : DatagramHeader.CONNECTED);
        InetSockAddress peer = shared.source();
        shared.send(four, 0, four.length, peer);
        return new UdpFlow(runtime, shared, peer, index, plan.reverse(), plan);
    }

    private Outcome measure(ControlConnection control, TestPlan plan, List<Flow> running, List<Tally> tallies)
            throws IOException {
        control.send(State.TEST_START);
        control.send(State.TEST_RUNNING);
        Measurement measurement = new Measurement(runtime, running, tallies);
        try {
            control.patience(longest(plan));
            control.expect(State.TEST_END, "when the test is over");
            control.patience(ANSWER_NANOS);
        } finally {
            measurement.end();
        }
        running.forEach(Flow::close); // the client may wait for the rest of a block, and then sees the end instead
        control.send(State.EXCHANGE_RESULTS);
        Outcome outcome = measurement.exchange(control, false, plan, plan.reverse());
        control.send(State.DISPLAY_RESULTS);
        control.expect(State.IPERF_DONE, "at the end");
        return outcome;
    }

    private static long longest(TestPlan plan) {
        return plan.seconds() == 0 ? 0 : OMITTED_NANOS + plan.seconds() * SECOND + ANSWER_NANOS; // 0: until told
    }

    @Override
    public void close() {
        listener.close();
    }
}
