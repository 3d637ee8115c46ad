package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// Hears of a socket's readiness.
@Linux("include/net/sock.h#sk_data_ready")
@FunctionalInterface
public interface SockListener {
    /// Softirq or process context on `cpu`, under the socket's ownership. Never waits.
    ///
    /// @param events bits of [PollEvents] that may now be true
    void ready(Sock sock, int events, Cpu cpu);
}
