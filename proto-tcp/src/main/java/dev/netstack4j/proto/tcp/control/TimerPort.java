package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.runtime.Cpu;

/// How rooms arm timers. Under the socket's ownership; deadlines are absolute.
public interface TimerPort {
    /// Arms the first timer.
    void retransmit(TcpSock sock, TimerVars.Pending pending, long deadlineNanos, Cpu cpu);

    /// Disarms the first timer.
    void retransmitOff(TcpSock sock);

    /// Arms the delayed acknowledgement.
    void delayedAck(TcpSock sock, long deadlineNanos, Cpu cpu);

    /// Disarms the delayed acknowledgement.
    void delayedAckOff(TcpSock sock);

    /// Arms the keep-alive timer.
    void keepAlive(TcpSock sock, long deadlineNanos, Cpu cpu);

    /// Arms the timer of a paced socket.
    void pacing(TcpSock sock, long deadlineNanos, Cpu cpu);

    /// Disarms everything for good.
    void stop(TcpSock sock, Cpu cpu);
}
