package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.systemtests.support.LoggedErrors;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.LabModule;
import dev.netstack4j.testkit.kit.lab.LabTime;
import dev.netstack4j.testkit.kit.lab.LabWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A host with one card, up, whose wire's other end is the test.
final class Bench implements AutoCloseable {
    private static final int MEMORY = 64 << 20;
    private static final int HEADROOM = 64;
    /// Frames on their way out at most, so that no qdisc overflows.
    private static final int WINDOW = 400;
    /// Frames on their way in at most, so that the smallest ring never lacks buffers.
    private static final int IN_WINDOW = 48;

    private static final int CHUNK = 16;
    private static final Consumer<SkBuff> PLAIN = skb -> {};

    final Fitting fitting;
    final Stack stack;
    LabWire wire;
    final SplittableRandom random = new SplittableRandom(3);
    NetDevice card;
    Seen seen;
    private final StackRuntime runtime;
    private final Map<String, String> options;
    private final LoggedErrors errors = new LoggedErrors();
    private int sent;

    private Bench(Fitting fitting, int cpus, Map<String, String> options) throws Exception {
        this.fitting = fitting;
        runtime = fitting.newRuntime();
        stack = StackFactory.find()
                .builder()
                .name("suite")
                .runtime(runtime)
                .cpus(cpus)
                .memory(MEMORY)
                .bus(fitting.bus, Map.of())
                .discover(Bench.class.getClassLoader())
                .with(new LabModule(List.of()))
                .build();
        this.options = new TreeMap<>(fitting.options());
        this.options.putAll(options);
        plug();
    }

    /// @param options of the card, `name=value`
    static Bench of(Fitting fitting, String... options) throws Exception {
        return of(fitting, 1, options);
    }

    static Bench of(Fitting fitting, int cpus, String... options) throws Exception {
        Map<String, String> map = new TreeMap<>();
        for (String o : options) {
            map.put(o.substring(0, o.indexOf('=')), o.substring(o.indexOf('=') + 1));
        }
        Bench bench = new Bench(fitting, cpus, map);
        bench.up();
        return bench;
    }

    // ---- control

    void up() throws Exception {
        stack.links().up(card);
        await(card::hasCarrier, "there is no link");
    }

    void down() {
        stack.links().down(card);
    }

    /// Lets the driver go, and probe the device again; it is up then.
    void reprobe() throws Exception {
        seen.close();
        take(stack.hardware().reprobe(card));
        up();
    }

    /// Takes the card out; there is none until [#plug].
    void unplug() throws Exception {
        seen.close();
        stack.hardware().unplug(card);
    }

    /// Puts a card in; it is down.
    void plug() throws Exception {
        wire = (LabWire) stack.hardware().wire(LabModule.WIRE, Map.of());
        take(stack.hardware().plug(fitting.bus, fitting.model, options, wire));
    }

    /// The suite looks at the driver alone, so nothing is merged behind it.
    private void take(NetDevice made) throws Exception {
        card = made;
        stack.links().features(card, card.config().features() & ~DeviceFeatures.GRO);
        seen = new Seen(stack, card);
    }

    DeviceStats stats() {
        return stack.links().stats(card);
    }

    long count(String name) {
        return stats().chip().getOrDefault(name, 0L);
    }

    MacAddress mac() {
        return card.macAddress();
    }

    // ---- time

    void await(BooleanSupplier condition, String otherwise) {
        if (!LabTime.until(runtime, condition)) {
            Map<String, Long> counts = stats().chip();
            counts.values().removeIf(n -> n == 0);
            throw new AssertionError(otherwise + "; the device counts " + counts);
        }
    }

    void settle() {
        LabTime.settle(runtime);
    }

    void pass(long nanos) {
        LabTime.pass(runtime, nanos);
    }

    long now() {
        return runtime.clock().nanos();
    }

    // ---- frames

    /// A frame to the test, of random bytes.
    byte[] outbound(int bytes) {
        return Frames.frame(Frames.PEER, mac(), Frames.TYPE, bytes, random);
    }

    /// A frame to the card, of random bytes.
    byte[] inbound(int bytes) {
        return Frames.frame(mac(), bytes, random);
    }

    /// Sends a frame through the device's queue.
    void send(byte[] frame) {
        send(frame, PLAIN);
    }

    /// The same; `dress` says what is special about it.
    void send(byte[] frame, Consumer<SkBuff> dress) {
        sendPieces(frame, frame.length, List.of(), dress);
    }

    /// Sends a frame of which `linear` bytes lie in one piece and the others in fragments of the given lengths.
    void sendPieces(byte[] frame, int linear, List<Integer> frags, Consumer<SkBuff> dress) {
        onCpu(cpu -> xmit(packet(frame, linear, frags, cpu), dress, cpu));
    }

    /// Sends frames in order, as fast as the wire takes them.
    void sendAll(List<byte[]> frames) {
        for (int at = 0; at < frames.size(); at += CHUNK) {
            List<byte[]> some = frames.subList(at, Math.min(at + CHUNK, frames.size()));
            int behind = sent + some.size() - WINDOW;
            await(() -> wire.sentCount() >= behind, "the card stops sending");
            onCpu(cpu -> some.forEach(f -> xmit(packet(f, f.length, List.of(), cpu), PLAIN, cpu)));
            sent += some.size();
        }
        sent = 0;
    }

    private void onCpu(Consumer<Cpu> work) {
        Cpus cpus = stack.service(Cpus.class);
        Cpu cpu = cpus.enter();
        try {
            work.accept(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    private SkBuff packet(byte[] frame, int linear, List<Integer> frags, Cpu cpu) {
        SkBuff skb = stack.packets().alloc(HEADROOM + linear, cpu);
        assertNotNull(skb, "no memory for a packet");
        skb.reserve(HEADROOM);
        skb.write(skb.put(linear), frame, 0, linear);
        int at = linear;
        for (int length : frags) {
            assertTrue(skb.addFragPage(length, cpu), "no memory for a fragment");
            stack.packets().memory().write(skb.appendToFrag(length), frame, at, length);
            at += length;
        }
        skb.dev(card);
        skb.protocol((frame[12] & 0xFF) << 8 | frame[13] & 0xFF);
        skb.networkHeader(skb.data() + Frames.HEADER);
        return skb;
    }

    private void xmit(SkBuff skb, Consumer<SkBuff> dress, Cpu cpu) {
        dress.accept(skb);
        assertEquals(0, stack.service(LinkLayer.class).devQueueXmit(skb, cpu), "the qdisc takes it");
    }

    /// Waits for so many frames from the card, and takes them.
    List<byte[]> takeSent(int frames) {
        await(() -> wire.sentCount() >= frames, "fewer than " + frames + " frames were sent");
        return wire.takeSent();
    }

    /// Sends frames to the card, waits until so many are handed up, and takes them.
    List<Seen.Frame> deliver(List<byte[]> frames) {
        int before = seen.count();
        for (int at = 0; at < frames.size(); at += CHUNK) {
            frames.subList(at, Math.min(at + CHUNK, frames.size())).forEach(wire::send);
            int behind = before + at + 2 * CHUNK - IN_WINDOW;
            await(() -> seen.count() >= behind, "the card stops receiving");
        }
        await(() -> seen.count() >= before + frames.size(), "fewer than " + frames.size() + " frames are handed up");
        return seen.take();
    }

    /// Whether this frame is handed up, when it is followed by one that is wanted in any case.
    boolean takes(byte[] frame) {
        return takes(frame, frame);
    }

    /// The same of a frame that is `shown` otherwise than it was on the wire.
    boolean takes(byte[] frame, byte[] shown) {
        wire.send(frame);
        byte[] last = inbound(77);
        List<Seen.Frame> got = new ArrayList<>(deliverAfter(last));
        assertTrue(Frames.same(last, got.removeLast().bytes()), "the frame that follows");
        assertTrue(got.size() <= 1);
        return got.size() == 1 && Frames.same(shown, got.getFirst().bytes());
    }

    /// What is handed up until this frame is.
    List<Seen.Frame> deliverAfter(byte[] last) {
        List<Seen.Frame> all = new ArrayList<>();
        wire.send(last);
        await(
                () -> {
                    all.addAll(seen.take());
                    return !all.isEmpty() && Frames.same(last, all.getLast().bytes());
                },
                "a frame for the card is not handed up");
        return all;
    }

    /// These frames are to come out of the card, in this order.
    void expectSent(List<byte[]> wanted) {
        sendAll(wanted);
        assertEquals("", Frames.difference(wanted, takeSent(wanted.size())), "frames sent");
    }

    /// These frames are to be handed up, in this order.
    void expectReceived(List<byte[]> wanted) {
        List<byte[]> got = deliver(wanted).stream().map(Seen.Frame::bytes).toList();
        assertEquals("", Frames.difference(wanted, got), "frames received");
    }

    /// Frames pass both ways.
    void works() {
        expectSent(List.of(outbound(60), outbound(777), outbound(1514)));
        expectReceived(List.of(inbound(60), inbound(777), inbound(1514)));
    }

    /// Ends it; nothing may be left, and nothing may have gone wrong on the way.
    @Override
    public void close() throws Exception {
        unplug();
        stack.close();
        runtime.close();
        errors.close();
        assertEquals(List.of(), errors.lines(), "logged");
        assertEquals(0, stack.packets().live(), "packets that are left");
        assertTrue(stack.packets().isBalanced(), "the ledger balances");
    }
}
