package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two CPUs under real threads: what must hold however they meet.
class TwoCpuStressTest {
    private static final int SENDERS = 3;
    private static final int EACH = 4_000;

    private Stack stack;
    private Cpus cpus;
    private ConsumeReason done;

    @BeforeEach
    void assemble() throws Exception {
        stack = StackFactory.find().builder().name("stress").cpus(2).build();
        cpus = stack.service(Cpus.class);
        done = stack.service(PacketReasons.class).consume("TEST_DONE", "seen by the test");
    }

    @AfterEach
    void nothingLeaks() {
        stack.links().all().stream().filter(NetDevice::isUp).forEach(stack.links()::down);
        assertEquals(0, stack.packets().live());
        stack.close();
    }

    /// A small ring whose device is a thread of the test.
    private final class Ring implements NetDeviceOps {
        final SkBuffQueue ring = new SkBuffQueue();
        final List<Integer> sent = new ArrayList<>();
        final AtomicBoolean busy = new AtomicBoolean();
        final AtomicBoolean metInside = new AtomicBoolean();
        final AtomicInteger completed = new AtomicInteger();

        @Override
        public void open() {}

        @Override
        public void stop() {}

        @Override
        public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
            if (!busy.compareAndSet(false, true)) {
                metInside.set(true);
            }
            TxStatus status = post(skb);
            busy.set(false);
            return status;
        }

        private synchronized TxStatus post(SkBuff skb) {
            if (ring.length() == 16) {
                return TxStatus.BUSY;
            }
            sent.add(skb.mark());
            ring.addTail(skb);
            if (ring.length() == 16) {
                skb.dev().txQueue(0).stop();
            }
            return TxStatus.OK;
        }

        void complete(NetDevice device) {
            Cpu cpu = cpus.enter();
            try {
                completed.addAndGet(take(cpu));
                device.txQueue(0).wake(cpu);
            } finally {
                cpus.leave(cpu);
            }
        }

        private synchronized int take(Cpu cpu) {
            int n = ring.length();
            ring.consumeAll(done, cpu);
            return n;
        }

        @Override
        public void stats(DeviceStats into) {}
    }

    private NetDevice device(NetDeviceOps ops) throws Exception {
        ControlLock control = stack.service(ControlLock.class);
        control.lock();
        try {
            NetDevice device = stack.service(NetDevices.class).alloc("eth%d", ops);
            device.config().txQueueLength(SENDERS * EACH);
            stack.service(NetDevices.class).register(device);
            return device;
        } finally {
            control.unlock();
        }
    }

    @Test
    @Mechanism("G3")
    void eachCpuHasABacklogOfItsOwn() throws Exception {
        NetDevice device = device(new Ring());
        stack.links().up(device);
        stack.service(dev.netstack4j.api.settings.Sysctls.class)
                .find("net.core.netdev_max_backlog")
                .set(1);
        Cpu one = cpus.enter();
        Cpu other = cpus.enter(); // a thread holds two only in this test, so that neither backlog is polled meanwhile
        try {
            assertEquals(1, one.id() + other.id());
            assertTrue(arrive(device, one));
            assertTrue(arrive(device, other));
            assertFalse(arrive(device, one));
        } finally {
            cpus.leave(other);
            cpus.leave(one);
        }
    }

    private boolean arrive(NetDevice device, Cpu cpu) {
        SkBuff skb = stack.packets().alloc(128, cpu);
        skb.put(60);
        skb.dev(device);
        return stack.service(LinkLayer.class).netifRx(skb, cpu);
    }

    private void send(NetDevice device, int mark) {
        Cpu cpu = cpus.enter();
        try {
            SkBuff skb = stack.packets().alloc(128, cpu);
            skb.reserve(64);
            skb.put(EthernetHeader.LENGTH);
            skb.dev(device);
            skb.mark(mark);
            stack.service(LinkLayer.class).devQueueXmit(skb, cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    @Test
    @Mechanism({"F6", "F11", "F21", "J11"})
    void manySendersAndAReplacementKeepEachSendersOrderAndLoseNothing() throws Exception {
        Ring ring = new Ring();
        NetDevice device = device(ring);
        stack.links().up(device);
        List<AppThread> threads = new ArrayList<>();
        for (int s = 0; s < SENDERS; s++) {
            int first = s << 20;
            threads.add(stack.runtime().start("sender" + s, () -> {
                for (int i = 0; i < EACH; i++) {
                    send(device, first + i);
                }
            }));
        }
        threads.add(stack.runtime().start("device", () -> {
            while (ring.completed.get() < SENDERS * EACH) {
                ring.complete(device);
            }
        }));
        for (int i = 0; i < 20; i++) {
            stack.service(Qdiscs.class).replace(device, "pfifo", Options.NONE);
        }
        threads.forEach(AppThread::join);
        assertFalse(ring.metInside.get(), "two CPUs were in startXmit of one queue");
        assertEquals(SENDERS * EACH, ring.sent.size());
        int[] next = new int[SENDERS];
        for (int mark : ring.sent) {
            assertEquals(next[mark >> 20]++, mark & 0xFFFFF);
        }
    }

    @Test
    @Mechanism({"G5", "G6", "J11"})
    void noScheduleOfAContextIsLostAndNoTwoPollsMeet() throws Exception {
        NetDevice device = device(new Ring());
        AtomicInteger pending = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean polling = new AtomicBoolean();
        AtomicBoolean met = new AtomicBoolean();
        Napi napi = device.addNapi(
                "stress",
                (self, budget, cpu) -> {
                    if (!polling.compareAndSet(false, true)) {
                        met.set(true);
                    }
                    taken.addAndGet(pending.getAndSet(0));
                    polling.set(false);
                    self.complete(0, cpu);
                    return 0;
                },
                64);
        napi.enable();
        List<AppThread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            threads.add(stack.runtime().start("interrupts" + t, () -> {
                for (int i = 0; i < 20_000; i++) {
                    Cpu cpu = cpus.enter();
                    pending.incrementAndGet();
                    napi.schedule(cpu);
                    cpus.leave(cpu);
                }
            }));
        }
        threads.forEach(AppThread::join);
        napi.disable();
        assertEquals(60_000, taken.get());
        assertFalse(met.get());
    }
}
