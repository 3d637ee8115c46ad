/// Polling: NAPI contexts, the NET_RX softirq, and the backlog of devices that do not poll.
/// Each CPU has a poll list of its own.
@NullMarked
package dev.netstack4j.core.net.napi;

import org.jspecify.annotations.NullMarked;
