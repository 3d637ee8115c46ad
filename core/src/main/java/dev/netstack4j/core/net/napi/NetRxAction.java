package dev.netstack4j.core.net.napi;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.core.net.failure.FailureSite;
import dev.netstack4j.core.net.offload.OffloadTable;
import dev.netstack4j.core.net.receive.ReceivePath;
import dev.netstack4j.core.net.steering.Steering;
import dev.netstack4j.core.net.transmit.NetTxAction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// The NET_RX softirq: polls what is in the CPU's poll list, each context once, until the list, the budget or the time
/// is used up. What is left raises the softirq again.
@Singleton
@Linux("net/core/dev.c#net_rx_action")
public final class NetRxAction {
    private static final long NANOS_PER_USEC = 1_000;

    private final PollList[] lists;
    private final ReceivePath path;
    private final OffloadTable offloads;
    private final Steering steering;
    private final NetTxAction sentPackets;
    private final Cpus cpus;
    private final Sync sync;
    private final Sysctl budget;
    private final Sysctl budgetUsecs;
    private final Counter processed;
    private final Counter timeSqueeze;
    private volatile Consumer<Cpu> arrivals = cpu -> {};

    /// Injected; takes the NET_RX vector.
    @Inject
    public NetRxAction(
            Cpus cpus,
            SoftIrqs softIrqs,
            Sync sync,
            ReceivePath path,
            OffloadTable offloads,
            Steering steering,
            NetTxAction sentPackets,
            Sysctls sysctls,
            Counters counters) {
        this.path = path;
        this.offloads = offloads;
        this.steering = steering;
        this.sentPackets = sentPackets;
        this.cpus = cpus;
        this.sync = sync;
        lists = new PollList[cpus.count()];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = new PollList();
        }
        budget =
                sysctls.declare("net.core.netdev_budget", 300, 1, 1 << 20, "packets that one NET_RX run takes at most");
        budgetUsecs = sysctls.declare(
                "net.core.netdev_budget_usecs", 2000, 1, 1_000_000, "microseconds that one NET_RX run takes at most");
        processed = counters.counter("Softnet.Processed");
        timeSqueeze = counters.counter("Softnet.TimeSqueeze");
        softIrqs.open(SoftIrqVector.NET_RX, this::run);
    }

    /// A context that is disabled.
    public Napi make(String name, NapiPoll poll, IntSupplier weight, FailureSite site) {
        return new NapiContext(name, poll, weight, sync.bits("napi-" + name), this, site, steering);
    }

    /// A context that is disabled, for packets that are on their CPU already.
    NapiContext makeArrived(String name, NapiPoll poll, IntSupplier weight, FailureSite site) {
        return new NapiContext(name, poll, weight, sync.bits("napi-" + name), this, site, null);
    }

    /// Who is asked at the beginning of each run whether there is something to poll.
    void arrivals(Consumer<Cpu> who) {
        arrivals = who;
    }

    private void run(Cpu cpu) {
        arrivals.accept(cpu);
        PollList list = lists[cpu.id()];
        long end = cpu.nowNanos() + budgetUsecs.get() * NANOS_PER_USEC;
        int left = budget.get();
        for (int turns = list.length(); turns > 0; turns--) {
            left -= poll(list, cpu);
            if (turns > 1 && (left <= 0 || isOver(end, cpu))) {
                timeSqueeze.increment(cpu);
                break;
            }
        }
        if (list.length() > 0) {
            cpu.raise(SoftIrqVector.NET_RX);
        }
    }

    private int poll(PollList list, Cpu cpu) {
        NapiContext napi = list.poll();
        int work = napi == null ? 0 : napi.pollOnce(cpu);
        processed.add(cpu, work);
        cpu.polled(work);
        return work;
    }

    private boolean isOver(long end, Cpu cpu) {
        return cpu.shouldYield() || cpu.nowNanos() >= end;
    }

    /// Puts a context that was just scheduled into the CPU's list.
    @Linux("net/core/dev.c#____napi_schedule")
    void add(NapiContext napi, Cpu cpu) {
        lists[cpu.id()].add(napi);
        cpu.raise(SoftIrqVector.NET_RX);
    }

    /// Puts a context back whose poll used up its weight. Within a run, which raises the softirq at its end.
    void again(NapiContext napi, Cpu cpu) {
        lists[cpu.id()].add(napi);
    }

    /// Lets every CPU run its softirqs once. Process context, holding no CPU.
    void letCpusRun() {
        Cpu cpu = cpus.enter();
        cpus.leave(cpu);
        cpus.synchronizeNet();
    }

    void consumeLater(SkBuff skb, Cpu cpu) {
        sentPackets.consumeLater(skb, cpu);
    }

    void consumeNow(SkBuff skb, Cpu cpu) {
        skb.consume(sentPackets.sentReason(), cpu);
    }

    ReceivePath path() {
        return path;
    }

    OffloadTable offloads() {
        return offloads;
    }
}
