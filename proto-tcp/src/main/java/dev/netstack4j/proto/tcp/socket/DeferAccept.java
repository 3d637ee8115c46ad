package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.doc.Linux;

/// TCP_DEFER_ACCEPT is set in seconds and kept as retransmissions of the SYN-ACK, whose timeout doubles from a second
/// on.
@Linux("net/ipv4/tcp.c#secs_to_retrans")
final class DeferAccept {
    private static final int MOST_TIMEOUT = 120;
    private static final int MOST = 255;

    private DeferAccept() {}

    static int retransmissions(int seconds) {
        if (seconds <= 0) {
            return 0;
        }
        int count = 1;
        int timeout = 1;
        for (int period = 1; seconds > period && count < MOST; period += timeout) {
            count++;
            timeout = Math.min(timeout << 1, MOST_TIMEOUT);
        }
        return count;
    }

    static int seconds(int retransmissions) {
        int period = 0;
        int timeout = 1;
        for (int i = 0; i < retransmissions; i++) {
            period += timeout;
            timeout = Math.min(timeout << 1, MOST_TIMEOUT);
        }
        return period;
    }
}
