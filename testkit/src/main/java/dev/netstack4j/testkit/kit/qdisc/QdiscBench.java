package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.testkit.fake.FakeAssembly;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import dev.netstack4j.testkit.fake.TestHost;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.qdisc.Parcel.Place;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One qdisc on a host of fakes, driven as core drives it, and what became of each packet. Packets that the qdisc gives
/// are freed at once.
final class QdiscBench {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final int SIBLING = 1 << 20;
    private static final long FOREVER_NANOS = 3_600_000_000_000L;

    final TestHost host;
    final BenchWatchdog watchdog = new BenchWatchdog();
    final FakeNetDevice device = new FakeNetDevice("eth0", 1);
    final List<Parcel> parcels = new ArrayList<>();
    final Qdisc qdisc;
    private final Trial trial;
    private final FakeAssembly assembly;
    private final QdiscOps ops;
    private final QdiscSubject subject;
    private final ConsumeReason sent;
    private final ConsumeReason own;
    private final int firstMark;
    private @Nullable QdiscBench sibling;
    private @Nullable List<SkBuff> kept;
    private int heldPackets;
    private long heldBytes;
    private long droppedPackets;

    QdiscBench(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        this(subject, setup, trial, 0);
    }

    /// @param afterNanos how long after the host's beginning the qdisc is made
    QdiscBench(QdiscSubject subject, QdiscSetup setup, Trial trial, long afterNanos) throws NetException {
        this.subject = subject;
        this.trial = trial;
        firstMark = 0;
        Arena arena = Arena.ofConfined();
        trial.atEnd(arena::close);
        host = new TestHost(arena, MEMORY_BYTES, trial.seed());
        host.advance(afterNanos);
        sent = host.ledger().consume("KIT_SENT", "given by the qdisc");
        own = host.ledger().consume("KIT_OWN", "made by the kit and not given to the qdisc, or kept after it");
        host.ledger().listener(this::dropped);
        assembly = new FakeAssembly(subject.stackModule(), host).services(subject.services());
        ops = assembly.get(QdiscOps.class, subject.kind());
        qdisc = create(setup.options());
        trial.event(subject.kind() + " with " + setup);
    }

    /// A second one of the same kind on the same host.
    QdiscBench(QdiscBench first, QdiscSetup setup) throws NetException {
        subject = first.subject;
        trial = first.trial;
        firstMark = SIBLING;
        host = first.host;
        sent = first.sent;
        own = first.own;
        assembly = first.assembly;
        ops = first.ops;
        first.sibling = this;
        qdisc = create(setup.options());
    }

    /// A further one of the same kind, at the same watchdog.
    Qdisc create(Map<String, String> texts) throws NetException {
        return ops.create(new Context(), options(texts));
    }

    Options options(Map<String, String> texts) {
        Options.Builder b = assembly.declarations()
                .find(QdiscOps.class, subject.kind())
                .schema()
                .values();
        texts.forEach(b::set);
        return b.build();
    }

    private final class Context implements QdiscContext {
        @Override
        public NetDevice device() {
            return device;
        }

        @Override
        public QdiscWatchdog watchdog() {
            return watchdog;
        }
    }

    // ---- what core does

    /// Makes a packet; it is not given to the qdisc yet.
    Parcel make(int flow, int priority, int length) {
        Parcel p = new Parcel(parcels.size(), flow, priority, Frames.udp(flow, parcels.size(), length));
        parcels.add(p);
        return p;
    }

    SkBuff skb(Parcel p) {
        SkBuff skb = host.packet(p.bytes);
        skb.mark(firstMark + p.id);
        skb.priority(p.priority);
        skb.protocol(0x0800);
        skb.dev(device);
        skb.hash(Frames.hash(p.flow), true);
        skb.resetMacHeader();
        return skb;
    }

    int enqueue(Parcel p) {
        return enqueue(p, skb(p));
    }

    int enqueue(Parcel p, SkBuff skb) {
        return enqueue(p, skb, host.cpu());
    }

    int enqueue(Parcel p, SkBuff skb, Cpu cpu) {
        p.place = Place.HELD;
        p.length = skb.length();
        heldPackets++;
        heldBytes += p.length;
        int result = qdisc.enqueue(skb, cpu);
        trial.event("%d enqueue %s = %d", now(), p, result);
        return result;
    }

    private void dropped(SkBuff skb, DropReason reason, Cpu cpu) {
        QdiscBench other = sibling;
        if (other != null && skb.mark() >= SIBLING) {
            other.dropped(skb, reason, cpu);
            return;
        }
        Parcel p = parcel(skb);
        trial.check(p.place == Place.HELD, "dropped " + p + " which it does not hold: " + p.place);
        trial.event("%d dropped %s: %s", now(), p, reason);
        leaves(p, Place.DROPPED);
        droppedPackets++;
    }

    private void leaves(Parcel p, Place to) {
        p.place = to;
        heldPackets--;
        heldBytes -= p.length();
    }

    Parcel parcel(SkBuff skb) {
        int id = skb.mark() - firstMark;
        trial.check(id >= 0 && id < parcels.size(), "a packet with the foreign mark " + skb.mark() + " came");
        return parcels.get(id);
    }

    /// Asks for packets, and frees what it gets.
    List<Parcel> dequeue(int maxPackets, int maxBytes) {
        SkBuffQueue into = new SkBuffQueue();
        int moved = dequeue(into, maxPackets, maxBytes);
        List<Parcel> given = take(into);
        trial.checkEqual(given.size(), moved, "dequeue said how many packets it moved");
        return given;
    }

    int dequeue(SkBuffQueue into, int maxPackets, int maxBytes) {
        int moved = qdisc.dequeue(into, maxPackets, maxBytes, host.cpu());
        trial.event(
                "%d dequeue up to %d packets, %d bytes = %d, watchdog %s",
                now(), maxPackets, maxBytes, moved, watchdog.isArmed() ? watchdog.deadline() : "idle");
        return moved;
    }

    /// Notes and frees what was given.
    List<Parcel> take(SkBuffQueue into) {
        List<Parcel> given = new ArrayList<>();
        for (SkBuff skb = into.poll(); skb != null; skb = into.poll()) {
            Parcel p = parcel(skb);
            trial.check(p.place == Place.HELD, "gave " + p + " which it does not hold: " + p.place);
            leaves(p, Place.GIVEN);
            given.add(p);
            end(skb);
        }
        return given;
    }

    private void end(SkBuff skb) {
        List<SkBuff> k = kept;
        if (k == null) {
            skb.consume(sent, host.cpu());
        } else {
            k.add(skb);
        }
    }

    /// From now on what the qdisc gives is added to `into`, and not freed.
    void keepGiven(List<SkBuff> into) {
        kept = into;
    }

    /// Takes everything out, as core does before another qdisc takes its place.
    List<Parcel> drain() {
        SkBuffQueue into = new SkBuffQueue();
        int moved = qdisc.drain(into, host.cpu());
        trial.event(now() + " drain = " + moved);
        List<Parcel> given = take(into);
        trial.checkEqual(given.size(), moved, "drain said how many packets it moved");
        return given;
    }

    void reset() {
        qdisc.reset(host.cpu());
        trial.event(now() + " reset");
    }

    /// As core runs a qdisc: asks until nothing more comes, then sleeps until the watchdog's instant.
    ///
    /// @return all packets that came until it was empty, in order
    List<Parcel> runUntilEmpty() {
        List<Parcel> all = new ArrayList<>();
        long last = host.clock().nanos() + FOREVER_NANOS;
        int fruitless = 0;
        while (qdisc.length() > 0) {
            List<Parcel> given = dequeue(8, 128 << 10);
            all.addAll(given);
            if (!given.isEmpty()) {
                fruitless = 0;
                continue;
            }
            trial.check(++fruitless < 1000, "1000 wakes in a row gave no packet, with " + qdisc.length() + " held");
            trial.check(sleep() <= last, "keeps packets for more than an hour");
        }
        return all;
    }

    /// Lets time pass until the watchdog fires.
    ///
    /// @return the time then
    long sleep() {
        trial.check(
                watchdog.isArmed(), "gives none of its " + qdisc.length() + " packets, and has not armed its watchdog");
        advance(Math.max(0, watchdog.deadline() - host.clock().nanos()));
        watchdog.fire();
        return host.clock().nanos();
    }

    void advance(long nanos) {
        host.advance(nanos);
    }

    /// Lets time pass, but not beyond the instant of the watchdog.
    ///
    /// @return whether it fired
    boolean advanceToWatchdog(long mostNanos) {
        long wait = Math.max(0, watchdog.deadline() - now());
        if (!watchdog.isArmed() || wait > mostNanos) {
            advance(mostNanos);
            return false;
        }
        advance(wait);
        watchdog.fire();
        return true;
    }

    long now() {
        return host.clock().nanos();
    }

    // ---- what is known

    /// For packets that the kit itself frees.
    ConsumeReason own() {
        return own;
    }

    int heldPackets() {
        return heldPackets;
    }

    long heldBytes() {
        return heldBytes;
    }

    long droppedPackets() {
        return droppedPackets;
    }

    void checkAccounts() {
        trial.checkEqual(heldPackets, qdisc.length(), "length()");
        trial.checkEqual(heldBytes, qdisc.backlogBytes(), "backlogBytes()");
    }

    /// Empties it; everything must have ended then, by the kit or by a drop.
    void checkNothingLost() {
        qdisc.reset(host.cpu());
        for (Parcel p : parcels) {
            trial.check(p.place != Place.HELD, p + " was neither given nor dropped");
        }
        trial.checkEqual(
                parcels.stream().filter(p -> p.place == Place.GIVEN).count(),
                host.ledger().consumed().getOrDefault("KIT_SENT", 0L),
                "packets that ended by being sent");
        trial.checkEqual(0, host.pool().live(), "packets alive at the end");
        trial.check(host.pool().isBalanced(), "the ledger does not balance");
    }
}
