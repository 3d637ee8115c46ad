package dev.netstack4j.systemtests.kits.packet;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctls;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Takes packets of the form: kind 1 (16 bits), length of the payload (16 bits), payload. Right without a defect.
final class RefPart {
    static final String DEFECT = "net.reference.packet_defect";
    private static final int HEADER = 4;

    private final Defect defect;
    private final SkBuffPool pool;
    private final LinkLayer link;
    private final ConsumeReason taken;
    private final ConsumeReason copied;
    private final DropReason bad;
    private final List<SkBuff> kept = new ArrayList<>();
    private int packets;
    private int badOnes;
    private long last = Long.MIN_VALUE / 2;

    @Inject
    RefPart(Sysctls sysctls, SkBuffPool pool, LinkLayer link) {
        defect = Defect.values()[
                sysctls.declare(DEFECT, 0, 0, 99, "what it does wrong").get()];
        this.pool = pool;
        this.link = link;
        taken = pool.ledger().consume("REF_TAKEN", "taken by the reference handler");
        copied = pool.ledger().consume("REF_COPIED", "copied by the reference handler");
        bad = pool.ledger().drop("REF_BAD", "not a packet of the reference handler");
    }

    private boolean is(Defect d) {
        return defect == d;
    }

    void receive(SkBuff skb, Cpu cpu) {
        if (is(Defect.KEEPS) && ++packets % 10 == 0) {
            kept.add(skb);
            return;
        }
        strike(skb, cpu);
        if (isBad(skb, cpu)) {
            badOnes++;
            skb.drop(bad, cpu);
            return;
        }
        if (skb.kind() == PacketKind.OTHERHOST && is(Defect.ANSWERS_OTHERS)) {
            answer(skb, cpu);
        }
        skb.consume(taken, cpu);
    }

    void error(SkBuff quoted) {
        int behind = quoted.data() + quoted.headLength() - quoted.transportHeader();
        if (is(Defect.THROWS_IN_ERROR) && behind < 40) {
            throw new IllegalStateException("quotes " + behind + " bytes");
        }
    }

    private boolean isBad(SkBuff skb, Cpu cpu) {
        boolean soon = cpu.nowNanos() - last < 1000;
        last = cpu.nowNanos();
        if (is(Defect.SULKS) && badOnes >= 5
                || is(Defect.DROPS_IN_BATCH) && soon
                || is(Defect.REAL_CHANCE) && ThreadLocalRandom.current().nextInt(3) == 0) {
            return true;
        }
        if (!is(Defect.READS_LINEAR) && !is(Defect.READS_BEYOND) && !skb.mayPull(HEADER, cpu)) {
            return true;
        }
        if (is(Defect.READS_LINEAR) && skb.headLength() < HEADER) {
            return true;
        }
        int kind = skb.get16(skb.data());
        int length = skb.get16(skb.data() + 2);
        if (is(Defect.READS_BEYOND) && skb.length() < HEADER) {
            throw new IllegalStateException("read beyond the end");
        }
        if (is(Defect.THROWS_AT_NOISE) && kind > 200) {
            throw new IllegalStateException("kind " + kind);
        }
        if (is(Defect.TRUSTS_LENGTH) && length > 0) {
            skb.read(HEADER, new byte[length], 0, length);
        }
        return kind != 1 || length > skb.length() - HEADER || is(Defect.DROPS_VALID) && length == 40;
    }

    private void strike(SkBuff skb, Cpu cpu) {
        switch (defect) {
            case WRITES -> {
                if (skb.headLength() > 6) {
                    skb.put8(skb.data() + 5, skb.get8(skb.data() + 5) ^ 0xFF);
                }
            }
            case SLEEPS -> sleep();
            case NEEDS_MEMORY ->
                java.util.Objects.requireNonNull(skb.copy(0, cpu)).consume(copied, cpu);
            default -> {}
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(0, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(SkBuff skb, Cpu cpu) {
        SkBuff out = pool.alloc(60, cpu);
        if (out != null) {
            out.zero(out.put(60), 60);
            out.dev(skb.dev());
            link.devQueueXmit(out, cpu);
        }
    }
}
