package dev.netstack4j.proto.tcp.events;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpSock;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/// What all events of a connection tell. One object a CPU is used again and again.
@Category({"netstack4j", "TCP"})
@StackTrace(false)
abstract class ConnectionEvent extends Event {
    @Label("Stack Time")
    @Description("Nanoseconds on the clock of the stack, which in virtual time is another one than the recorder's")
    protected long stackNanos;

    @Label("Local Address")
    protected String local = "";

    @Label("Remote Address")
    protected String remote = "";

    /// Fills in whose event it is.
    final void of(TcpSock sock, Cpu cpu) {
        stackNanos = cpu.nowNanos();
        local = end(sock.localAddress(), sock.localPort());
        remote = end(sock.remoteAddress(), sock.remotePort());
    }

    private static String end(IpAddress address, int port) {
        return address.isV4() ? address + ":" + port : "[" + address + "]:" + port;
    }

    /// Writes it to the recording, as of now.
    final void write() {
        begin();
        end();
        commit();
    }
}
