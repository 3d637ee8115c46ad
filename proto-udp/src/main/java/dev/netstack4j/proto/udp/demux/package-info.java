/// Which socket a datagram is for: tables by port and by both ends, scores, free ports.
/// Read without locks by softirq.
@NullMarked
package dev.netstack4j.proto.udp.demux;

import org.jspecify.annotations.NullMarked;
