package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import dev.netstack4j.testkit.kit.socket.SocketSubject;

/// What the sockets of AF_INET have in common.
interface InetSubject extends SocketSubject {
    int PORT = 5000;

    @Override
    default AddressFamily family() {
        return AddressFamily.INET;
    }

    @Override
    default SockAddress address(int number) {
        return InetSockAddress.of("127.0.0.1", PORT + number);
    }

    @Override
    default SockAddress frameAddress() {
        return InetSockAddress.of("10.0.0.1", PORT);
    }

    @Override
    default SockAddress away() {
        return InetSockAddress.of("10.0.0.2", 9);
    }

    @Override
    default int lowerBytes() {
        return 34;
    }

    @Override
    default byte[] repaired(byte[] frame) {
        return PeerFrames.repairedIpv4(frame);
    }
}
