package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;

/// A raw socket: gets every packet of its protocol with the IP header.
final class RawSock extends DatagramSock {
    RawSock(SockRequest request, IpReasons reasons) {
        super(request, reasons);
        headerIncluded(request.protocol() == IpProtocol.RAW);
    }
}
