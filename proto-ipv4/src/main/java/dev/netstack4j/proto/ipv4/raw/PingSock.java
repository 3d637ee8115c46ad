package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;

/// A ping socket: sends ICMP echo requests with its own identifier and gets the replies to them.
final class PingSock extends DatagramSock {
    PingSock(SockRequest request, IpReasons reasons) {
        super(request, reasons);
    }
}
