package dev.netstack4j.api.protocol;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Sock;
import org.jspecify.annotations.Nullable;

/// The result of routing: what happens to a packet next. Kept by sockets and re-used while [#isValid()].
@ImplementedByExtensions
@Linux("include/net/dst.h#dst_entry")
public interface Dst {
    /// The device that packets leave by, or came in on.
    NetDevice device();

    /// Goes on with a received packet: deliver locally, forward, or report an error; takes the skb. Softirq context.
    int input(SkBuff skb, Cpu cpu);

    /// Goes on with a packet to be sent, network header first; takes the skb. Process or softirq context.
    ///
    /// @return 0, a result of the device queue, or a negative error
    int output(@Nullable Sock sock, SkBuff skb, Cpu cpu);

    /// Largest packet of the network layer on this path, path MTU discovery included.
    int mtu();

    /// Payload that TCP tells its peer on this path to send in a segment at most, bytes; 0 for what follows from
    /// [#mtu()].
    @Linux("include/net/dst.h#dst_metric_advmss")
    default int advertisedMss() {
        return 0;
    }

    /// Whether it may still be used; false after a change of routes or devices.
    @Linux("include/net/dst.h#dst_check")
    boolean isValid();

    /// A protocol above got an answer along this route: its neighbour is reachable.
    void confirm(Cpu cpu);
}
