package dev.netstack4j.proto.tcp.timer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TimerVars;
import dev.netstack4j.proto.tcp.output.WriteLoop;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sockets that may send again because enough of what they had in qdisc and ring was freed. Freeing happens anywhere,
/// under a transmit lock too, so it only notes the socket; a softirq of the same CPU lets it send.
@Linux("net/ipv4/tcp_output.c#tcp_wfree")
public final class SmallQueues {
    private final Waiting[] perCpu;

    private static final class Waiting {
        @Nullable
        TcpSock[] socks = new @Nullable TcpSock[64];

        int count;
    }

    /// One per stack.
    public SmallQueues(int cpus) {
        perCpu = new Waiting[cpus];
        for (int i = 0; i < cpus; i++) {
            perCpu[i] = new Waiting();
        }
    }

    /// Memory of a throttled socket was freed. Any context.
    public void freed(TcpSock sock, Cpu cpu) {
        if (sock.context().writeAllocated() > sock.snd.throttledAbove >> 1) {
            return;
        }
        WriteLoop.unthrottle(sock);
        Waiting w = perCpu[cpu.id()];
        if (w.count == w.socks.length) {
            w.socks = Arrays.copyOf(w.socks, w.count * 2);
        }
        w.socks[w.count++] = sock;
        cpu.raise(SoftIrqVector.TASKLET);
    }

    /// Lets the noted sockets send. Softirq context.
    @Linux("net/ipv4/tcp_output.c#tcp_tasklet_func")
    public void run(Cpu cpu) {
        Waiting w = perCpu[cpu.id()];
        for (int i = 0; i < w.count; i++) {
            TcpSock sock = w.socks[i];
            w.socks[i] = null;
            if (sock != null) {
                sock.context().defer(TimerVars.SMALL_QUEUE, cpu);
            }
        }
        w.count = 0;
    }
}
