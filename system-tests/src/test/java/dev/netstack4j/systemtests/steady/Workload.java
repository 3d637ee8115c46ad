package dev.netstack4j.systemtests.steady;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.Stack;

/// What two applications do with each other, round for round, with buffers made before the first.
enum Workload {
    /// One TCP connection, data in one direction. Fixed buffers: what is in flight soon reaches its most.
    BULK {
        @Override
        void serve(Talk talk) throws NetException {
            try (StreamServer listener = StreamServer.listen(talk.server, talk.serverAddress(), 1);
                    StreamSocket s = listener.accept()) {
                s.option(SocketOption.SOL_SOCKET, SocketOption.SO_RCVBUF, BUFFER);
                byte[] bytes = new byte[PIECE];
                while (s.read(bytes, 0, PIECE) > 0) {}
            }
        }

        @Override
        void ask(Talk talk, Rounds rounds) throws NetException {
            byte[] bytes = new byte[PIECE];
            try (StreamSocket s = StreamSocket.connect(talk.client, talk.serverAddress())) {
                s.option(SocketOption.SOL_SOCKET, SocketOption.SO_SNDBUF, BUFFER);
                rounds.run(() -> s.write(bytes, 0, PIECE));
            }
        }
    },
    /// One TCP connection, a small request and its answer.
    REQUESTS {
        @Override
        void serve(Talk talk) throws NetException {
            try (StreamServer listener = StreamServer.listen(talk.server, talk.serverAddress(), 1);
                    StreamSocket s = listener.accept()) {
                byte[] bytes = new byte[SMALL];
                while (s.read(bytes, 0, SMALL) > 0) {
                    s.write(bytes, 0, SMALL);
                }
            }
        }

        @Override
        void ask(Talk talk, Rounds rounds) throws NetException {
            byte[] bytes = new byte[SMALL];
            try (StreamSocket s = StreamSocket.connect(talk.client, talk.serverAddress())) {
                rounds.run(() -> {
                    s.write(bytes, 0, SMALL);
                    s.read(bytes, 0, SMALL);
                });
            }
        }
    },
    /// The same, where the answering side waits with an event set and the asking side with a poll.
    REQUESTS_BY_EVENTS {
        @Override
        void serve(Talk talk) throws NetException {
            byte[] bytes = new byte[SMALL];
            int[] events = new int[1];
            long[] data = new long[1];
            try (StreamServer listener = StreamServer.listen(talk.server, talk.serverAddress(), 1);
                    StreamSocket s = listener.accept();
                    EventPoll set = talk.server.eventPoll()) {
                set.add(s.fd(), PollEvents.IN, 0);
                while (set.await(events, data, -1) == 1 && s.read(bytes, 0, SMALL) > 0) {
                    s.write(bytes, 0, SMALL);
                }
            }
        }

        @Override
        void ask(Talk talk, Rounds rounds) throws NetException {
            byte[] bytes = new byte[SMALL];
            int[] wanted = {PollEvents.IN};
            int[] found = new int[1];
            try (StreamSocket s = StreamSocket.connect(talk.client, talk.serverAddress())) {
                int[] fds = {s.fd()};
                rounds.run(() -> {
                    s.write(bytes, 0, SMALL);
                    talk.client.poll(fds, wanted, found, -1);
                    s.read(bytes, 0, SMALL);
                });
            }
        }
    },
    /// Datagrams in small bursts, each answered.
    DATAGRAMS {
        @Override
        void serve(Talk talk) throws NetException {
            InetSockAddress client = talk.clientAddress();
            try (DatagramPort p = DatagramPort.bind(talk.server, talk.serverAddress())) {
                byte[] bytes = new byte[SMALL];
                while (p.receive(bytes, 0, SMALL) == SMALL) {
                    p.send(bytes, 0, SMALL, client);
                }
            }
        }

        @Override
        void ask(Talk talk, Rounds rounds) throws NetException {
            InetSockAddress server = talk.serverAddress();
            byte[] bytes = new byte[SMALL];
            try (DatagramPort p = DatagramPort.bind(talk.client, talk.clientAddress())) {
                rounds.run(() -> {
                    for (int i = 0; i < BURST; i++) {
                        p.send(bytes, 0, SMALL, server);
                    }
                    for (int i = 0; i < BURST; i++) {
                        p.receive(bytes, 0, SMALL);
                    }
                });
                p.send(bytes, 0, 1, server);
            }
        }
    },
    /// ICMP echo requests, each answered by the other host's stack.
    PING {
        @Override
        void serve(Talk talk) {}

        @Override
        void ask(Talk talk, Rounds rounds) throws NetException {
            int fd = (int) NetException.check(
                    talk.client.socket(AddressFamily.INET.number(), SocketType.RAW, IpProtocol.ICMP), "a raw socket");
            InetSockAddress server = talk.serverAddress();
            byte[] request = {ECHO, 0, (byte) ~ECHO, (byte) 0xFF, 0, 0, 0, 0};
            byte[] packet = new byte[SMALL];
            Message m = new Message();
            rounds.run(() -> {
                talk.client.sendmsg(fd, m.bytes(request, 0, request.length).to(server));
                do {
                    talk.client.recvmsg(fd, m.bytes(packet, 0, packet.length));
                } while (packet[IP_HEADER] == ECHO); // over loopback the request is heard too
            });
            talk.client.close(fd);
        }
    };

    private static final int PIECE = 64 << 10;
    private static final int BUFFER = 256 << 10;
    private static final int SMALL = 64;
    private static final int BURST = 8;
    private static final byte ECHO = 8;
    private static final int IP_HEADER = 20;

    /// Where both applications are.
    record Talk(SystemCalls client, String clientHost, SystemCalls server, String serverHost) {
        static Talk of(Stack client, String clientHost, Stack server, String serverHost) {
            return new Talk(client.sockets(), clientHost, server.sockets(), serverHost);
        }

        InetSockAddress clientAddress() {
            return InetSockAddress.of(clientHost, 5001);
        }

        InetSockAddress serverAddress() {
            return InetSockAddress.of(serverHost, 5000);
        }
    }

    /// Runs one round often, and measures.
    interface Rounds {
        void run(Round one) throws NetException;
    }

    /// One round of an application.
    interface Round {
        void once() throws NetException;
    }

    /// The answering side, until the other has ended.
    abstract void serve(Talk talk) throws NetException;

    /// The side that goes first.
    abstract void ask(Talk talk, Rounds rounds) throws NetException;
}
