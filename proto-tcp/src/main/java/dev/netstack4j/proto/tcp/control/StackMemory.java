package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctl;

/// Memory that all sockets of a stack hold together: what lies in their queues, by its true size. Above one mark of
/// `tcp_mem` sockets stop to grow and promise little, until it is below another; above the third they get no more than
/// the least.
@Linux("net/core/sock.c#__sk_mem_raise_allocated")
public final class StackMemory {
    /// The unit of `tcp_mem`, and the least change that is counted while a socket holds anything.
    public static final int PAGE = 4096;

    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    /// Bytes, by the CPU where they came or went: a sum of one alone may be negative. Each is written by its CPU.
    private final long[] held;
    private volatile boolean pressed;
    private volatile boolean full;

    /// One per stack.
    public StackMemory(TcpSysctls sysctls, TcpCounters counters, int cpus) {
        this.sysctls = sysctls;
        this.counters = counters;
        held = new long[cpus];
    }

    /// Counts what a socket holds now. Under its ownership, after its queues may have changed.
    public void account(TcpSock sock, Cpu cpu) {
        long now = (long) sock.context().readAllocated() + sock.snd.queuedTruesize;
        long more = now - sock.heldBytes;
        if (more == 0 || now != 0 && Math.abs(more) < PAGE) {
            return;
        }
        sock.heldBytes = now;
        held[cpu.id()] += more;
        judge(bytes(), cpu);
    }

    private void judge(long all, Cpu cpu) {
        boolean tooMuch = all > bytes(sysctls.memMax);
        if (tooMuch != full) {
            full = tooMuch;
        }
        if (!pressed && all > bytes(sysctls.memPressure)) {
            pressed = true;
            counters.memoryPressures.increment(cpu);
        } else if (pressed && all <= bytes(sysctls.memMin)) {
            pressed = false;
        }
    }

    private static long bytes(Sysctl pages) {
        return (long) pages.get() * PAGE;
    }

    /// Bytes that all sockets hold.
    public long bytes() {
        long all = 0;
        for (long n : held) {
            all += n;
        }
        return all;
    }

    /// Whether sockets are to be modest. Any context.
    @Linux("include/net/sock.h#sk_under_memory_pressure")
    public boolean isPressed() {
        return pressed;
    }

    /// Whether sockets that hold something get no more. Any context.
    public boolean isFull() {
        return full;
    }
}
