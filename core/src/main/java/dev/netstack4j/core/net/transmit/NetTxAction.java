package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The NET_TX softirq: frees packets that interrupt handlers had in their hands, then runs the qdiscs that were
/// scheduled.
@Singleton
@Linux("net/core/dev.c#net_tx_action")
public final class NetTxAction {
    private final TxJobs[] jobs;
    private final ConsumeReason sent;
    private final DropReason lost;

    /// Injected; takes the NET_TX vector.
    @Inject
    public NetTxAction(Cpus cpus, SoftIrqs softIrqs, PacketReasons reasons) {
        jobs = new TxJobs[cpus.count()];
        for (int i = 0; i < jobs.length; i++) {
            jobs[i] = new TxJobs();
        }
        sent = reasons.consume("TX_DONE", "the device has sent it");
        lost = reasons.drop("NET_IRQ_DROP", "an interrupt handler had no use for it");
        softIrqs.open(SoftIrqVector.NET_TX, this::run);
    }

    /// Why sent packets are consumed.
    public ConsumeReason sentReason() {
        return sent;
    }

    /// Frees a sent packet later, in softirq context.
    @Linux("net/core/dev.c#dev_consume_skb_irq")
    public void consumeLater(SkBuff skb, Cpu cpu) {
        jobs[cpu.id()].sent.addTail(skb);
        cpu.raise(SoftIrqVector.NET_TX);
    }

    /// Drops a packet later, in softirq context.
    @Linux("net/core/dev.c#dev_kfree_skb_irq")
    public void dropLater(SkBuff skb, Cpu cpu) {
        jobs[cpu.id()].lost.addTail(skb);
        cpu.raise(SoftIrqVector.NET_TX);
    }

    /// Has a qdisc run soon; nothing happens when that was asked for already. Any context on `cpu`.
    @Linux("net/core/dev.c#__netif_schedule")
    void schedule(AttachedQdisc qdisc, Cpu cpu) {
        if (qdisc.claimSchedule()) {
            jobs[cpu.id()].add(qdisc);
            cpu.raise(SoftIrqVector.NET_TX);
        }
    }

    private void run(Cpu cpu) {
        TxJobs mine = jobs[cpu.id()];
        mine.sent.consumeAll(sent, cpu);
        mine.lost.dropAll(lost, cpu);
        for (AttachedQdisc q = mine.takeAll(); q != null; ) {
            @Nullable AttachedQdisc next = q.nextScheduled;
            q.nextScheduled = null;
            q.releaseSchedule();
            q.run(cpu);
            q = next;
        }
    }
}
