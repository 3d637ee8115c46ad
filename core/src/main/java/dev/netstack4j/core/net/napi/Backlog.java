package dev.netstack4j.core.net.napi;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.transmit.NetTxAction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Received frames of devices without NAPI: a bounded queue per CPU, polled like a device.
@Singleton
@Linux("net/core/dev.c#enqueue_to_backlog")
public final class Backlog {
    private final OfCpu[] queues;
    private final NetTxAction irqDrops;
    private final Sysctl most;
    private final Sysctl throttle;
    private final Counter dropped;
    private final DropReason full;
    private final DropReason down;

    /// Injected.
    @Inject
    public Backlog(
            Cpus cpus,
            NetRxAction action,
            NetTxAction irqDrops,
            HandlerFailures failures,
            Sysctls sysctls,
            Counters counters,
            PacketReasons reasons) {
        this.irqDrops = irqDrops;
        most = sysctls.declare(
                "net.core.netdev_max_backlog", 1000, 0, Integer.MAX_VALUE, "frames that one CPU's backlog holds");
        throttle = sysctls.declare(
                "net.core.netdev_backlog_throttle", 0, 0, 1, "1: a backlog that was full takes frames only when empty");
        Sysctl weight = sysctls.declare("net.core.dev_weight", 64, 1, 1 << 16, "frames of one poll of the backlog");
        dropped = counters.counter("Softnet.Dropped");
        full = reasons.drop("NET_BACKLOG_FULL", "the CPU's backlog was full");
        down = reasons.drop("NET_DEV_DOWN", "the device is down");
        queues = new OfCpu[cpus.count()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new OfCpu("backlog" + i, action, weight, failures);
        }
    }

    /// Adds a frame; takes the skb. Any context on `cpu`.
    ///
    /// @return false: it was dropped
    public boolean add(SkBuff skb, Cpu cpu) {
        OfCpu mine = queues[cpu.id()];
        if (!isUp(skb) || !mine.hasRoom()) {
            refuse(skb, cpu);
            return false;
        }
        mine.input.addTail(skb);
        mine.napi.schedule(cpu);
        return true;
    }

    /// Frames that wait on a CPU.
    public int length(int cpuId) {
        return queues[cpuId].input.length();
    }

    private static boolean isUp(SkBuff skb) {
        NetDevice device = skb.dev();
        return device != null && device.isUp();
    }

    private void refuse(SkBuff skb, Cpu cpu) {
        dropped.increment(cpu);
        if (cpu.context() == Context.HARDIRQ) {
            irqDrops.dropLater(skb, cpu);
        } else {
            skb.drop(isUp(skb) ? full : down, cpu);
        }
    }

    /// The backlog of one CPU. Touched by the CPU's holder alone.
    private final class OfCpu {
        final SkBuffQueue input = new SkBuffQueue();
        final Napi napi;
        boolean throttled;

        OfCpu(String name, NetRxAction action, Sysctl weight, HandlerFailures failures) {
            napi = action.make(name, this::poll, weight::get, failures.of("core"));
            napi.enable();
        }

        boolean hasRoom() {
            boolean room = !throttled && input.length() < most.get();
            throttled = !room && throttle.get() != 0;
            return room;
        }

        @Linux("net/core/dev.c#process_backlog")
        int poll(Napi self, int budget, Cpu cpu) {
            int work = 0;
            while (work < budget && !input.isEmpty()) {
                SkBuff skb = input.poll();
                if (skb != null) {
                    pass(self, skb, cpu);
                    work++;
                }
            }
            throttled &= !input.isEmpty();
            if (work < budget) {
                self.complete(work, cpu);
            }
            return work;
        }

        private void pass(Napi self, SkBuff skb, Cpu cpu) {
            if (isUp(skb)) {
                self.receive(skb, cpu);
            } else {
                skb.drop(down, cpu); // it went down since
            }
        }
    }
}
