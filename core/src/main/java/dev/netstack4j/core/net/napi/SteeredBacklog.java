package dev.netstack4j.core.net.napi;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.steering.Steering;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Polls what was steered to a CPU, like a device.
@Singleton
@Linux("net/core/dev.c#process_backlog")
public final class SteeredBacklog {
    private final Steering steering;
    private final NapiContext[] contexts;

    /// Injected.
    @Inject
    public SteeredBacklog(Cpus cpus, NetRxAction action, Steering steering, HandlerFailures failures, Sysctls sysctls) {
        this.steering = steering;
        Sysctl weight = sysctls.declare("net.core.dev_weight", 64, 1, 1 << 16, "frames of one poll of the backlog");
        contexts = new NapiContext[cpus.count()];
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = action.makeArrived("steered" + i, this::poll, weight::get, failures.of("core"));
            contexts[i].enable();
        }
        action.arrivals(this::look);
    }

    /// Another CPU raised the softirq: are there packets?
    private void look(Cpu cpu) {
        if (steering.hasPackets(cpu.id())) {
            contexts[cpu.id()].schedule(cpu);
        }
    }

    private int poll(Napi self, int budget, Cpu cpu) {
        int work = 0;
        for (SkBuff skb = next(work, budget, cpu); skb != null; skb = next(work, budget, cpu)) {
            self.receive(skb, cpu);
            work++;
        }
        contexts[cpu.id()].sendUp(cpu);
        steering.done(cpu.id(), work);
        if (work < budget) {
            self.complete(work, cpu);
        }
        return work;
    }

    private @Nullable SkBuff next(int work, int budget, Cpu cpu) {
        return work < budget ? steering.poll(cpu.id()) : null;
    }
}
