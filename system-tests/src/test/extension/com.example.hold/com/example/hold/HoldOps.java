package com.example.hold;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

final class HoldOps implements QdiscOps {
    private final DropReason gone;

    @Inject
    HoldOps(PacketReasons reasons) {
        gone = reasons.drop("EXAMPLE_GONE", "the example's queue was emptied");
    }

    @Override
    public Qdisc create(QdiscContext context, Options options) {
        return new Fifo();
    }

    private final class Fifo implements Qdisc {
        private final SkBuffQueue held = new SkBuffQueue();
        private int taken;

        @Override
        public int enqueue(SkBuff skb, Cpu cpu) {
            held.addTail(skb);
            taken++;
            return XmitResult.SUCCESS;
        }

        @Override
        public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
            SkBuff skb = held.poll();
            if (skb == null) {
                return 0;
            }
            into.addTail(skb);
            return 1;
        }

        @Override
        public int length() {
            return held.length();
        }

        @Override
        public long backlogBytes() {
            return 0;
        }

        @Override
        public void reset(Cpu cpu) {
            held.dropAll(gone, cpu);
        }

        @Override
        public String describe() {
            return "took " + taken;
        }
    }
}
