package dev.netstack4j.qdisc.tbf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TbfTest {
    private static final int ALL = Integer.MAX_VALUE;

    private final TestHost host = new TestHost();
    private final FakeNetDevice device = new FakeNetDevice("eth0", 2);
    private final SkBuffQueue out = new SkBuffQueue();
    private final List<String> released = new ArrayList<>();
    private final long start = host.clock().nanos();
    private Qdisc qdisc;
    private Timer timer;

    /// Attaches a qdisc whose watchdog dequeues at once, as core does.
    private void attach(String options) throws NetException {
        timer = host.timers().exact("watchdog", cpu -> run());
        QdiscWatchdog watchdog = new QdiscWatchdog() {
            @Override
            public void schedule(long deadlineNanos, Cpu cpu) {
                timer.arm(deadlineNanos, cpu);
            }

            @Override
            public void cancel(Cpu cpu) {
                timer.cancel(cpu);
            }
        };
        QdiscContext context = new QdiscContext() {
            @Override
            public FakeNetDevice device() {
                return device;
            }

            @Override
            public QdiscWatchdog watchdog() {
                return watchdog;
            }
        };
        qdisc = new TbfOps(host.clock(), host.ledger()).create(context, TbfSettingsTest.options(options));
    }

    private void run() {
        while (qdisc.dequeue(out, 4, ALL, host.cpu()) > 0) {
            for (SkBuff skb = out.poll(); skb != null; skb = out.poll()) {
                released.add(skb.mark() + "@" + (host.clock().nanos() - start));
                skb.consume(host.ledger().consume("TEST", "sent"), host.cpu());
            }
        }
    }

    private int enqueue(int bytes, int mark) {
        SkBuff skb = host.packet(new byte[bytes]);
        skb.mark(mark);
        return qdisc.enqueue(skb, host.cpu());
    }

    @AfterEach
    void everythingIsFreed() {
        out.dropAll(host.ledger().drop("TEST", "end of the test"), host.cpu());
        qdisc.reset(host.cpu());
        assertFalse(timer.isArmed());
        host.assertNoLeak();
    }

    @Test
    @Mechanism("F7")
    void packetsBeyondTheBurstLeaveExactlyWhenTheirTokensAreThere() throws NetException {
        attach("rate=8mbit burst=1500 limit=10k"); // a byte takes a microsecond
        for (int i = 1; i <= 3; i++) {
            enqueue(1000, i);
        }
        run();
        assertEquals(List.of("1@0"), released);
        host.advance(499_999);
        assertEquals(List.of("1@0"), released);
        host.advance(1);
        assertEquals(List.of("1@0", "2@500000"), released);
        host.advance(10_000_000);
        assertEquals(List.of("1@0", "2@500000", "3@1500000"), released);
    }

    @Test
    @Mechanism("F7")
    void theWatchdogIsArmedOnlyByTheCallThatGivesNothing() throws NetException {
        attach("rate=8mbit burst=1500 limit=10k");
        enqueue(1000, 1);
        enqueue(1000, 2);
        assertEquals(1, qdisc.dequeue(out, ALL, ALL, host.cpu()));
        assertFalse(timer.isArmed());
        assertEquals(0, qdisc.dequeue(out, ALL, ALL, host.cpu()));
        assertTrue(timer.isArmed());
        assertEquals(start + 500_000, timer.deadlineNanos());
    }

    @Test
    @Mechanism("F19")
    void theRateHoldsWithinOnePercentOverTenSeconds() throws NetException {
        attach("rate=1mbit burst=3000 latency=100ms");
        long bytes = 0;
        long until = host.clock().nanos() + 10_000_000_000L;
        int turn = 0;
        while (host.clock().nanos() < until) {
            int size = 60 + turn++ * 331 % 1440;
            while (enqueue(size, size) == XmitResult.SUCCESS) {}
            run();
            host.advance(7_000_000);
        }
        for (String r : released) {
            bytes += Integer.parseInt(r.substring(0, r.indexOf('@')));
        }
        assertEquals(1_250_000.0, bytes, 12_500.0);
    }

    @Test
    @Mechanism("F19")
    void fortyGigabitIsNoRestraintOnABurst() throws NetException {
        attach("rate=40gbit");
        for (int i = 0; i < 2000; i++) {
            assertEquals(XmitResult.SUCCESS, enqueue(1514, i));
        }
        run();
        assertEquals(2000, released.size());
        assertFalse(timer.isArmed());
    }

    @Test
    @Mechanism("F19")
    void aPeakRateSpreadsTheBurst() throws NetException {
        attach("rate=8mbit burst=10000 limit=20k peakrate=80mbit mtu=1500");
        for (int i = 1; i <= 3; i++) {
            enqueue(1000, i);
        }
        run();
        host.advance(1_000_000);
        assertEquals(List.of("1@0", "2@50000", "3@150000"), released);
    }

    @Test
    void aPacketLongerThanTheBucketIsDroppedWithAReason() throws NetException {
        attach("rate=8mbit burst=1000 limit=10k");
        assertEquals(XmitResult.DROP, enqueue(1001, 1));
        assertEquals(XmitResult.SUCCESS, enqueue(1000, 2));
        assertEquals(1, host.ledger().dropped("QDISC_TBF_TOO_LONG"));
    }

    @Test
    @Mechanism("F5")
    void whatIsBeyondTheLimitIsDroppedAndReported() throws NetException {
        attach("rate=8mbit burst=1500 limit=2500");
        assertEquals(XmitResult.SUCCESS, enqueue(1000, 1));
        assertEquals(XmitResult.SUCCESS, enqueue(1000, 2));
        assertEquals(XmitResult.DROP, enqueue(1000, 3));
        assertEquals(2, qdisc.length());
        assertEquals(2000, qdisc.backlogBytes());
        assertEquals(1, host.ledger().dropped("QDISC_DROP"));
    }

    @Test
    @Mechanism("F21")
    void aChangeOfRateTakesEffectAtOnceAndLosesNothing() throws NetException {
        attach("rate=8kbit burst=1000 limit=10k");
        enqueue(1000, 1);
        enqueue(1000, 2);
        enqueue(1000, 3);
        run();
        host.advance(100_000);
        qdisc.change(TbfSettingsTest.options("rate=8mbit burst=500 limit=600"), host.cpu());
        host.advance(10_000_000);
        assertEquals(3, released.size());
        assertEquals("2@599900", released.get(1), "100 us at the old rate brought 0.1 bytes");
        assertEquals("3@1599900", released.get(2));
        assertEquals(0, host.ledger().dropped().size());
    }

    @Test
    @Mechanism("F21")
    void packetsHeldBackCanBeHandedToASuccessor() throws NetException {
        attach("rate=8kbit burst=1000 limit=10k");
        enqueue(1000, 1);
        enqueue(1000, 2);
        enqueue(900, 3);
        run();
        assertEquals(2, qdisc.drain(out, host.cpu()));
        assertEquals(0, qdisc.length());
        assertEquals(0, qdisc.backlogBytes());
        assertFalse(timer.isArmed());
    }

    @Test
    void itDescribesItsBucket() throws NetException {
        attach("rate=8mbit burst=1500 limit=2500 peakrate=16mbit mtu=1000");
        enqueue(1000, 1);
        run();
        assertEquals(
                "rate 8000000bit burst 1500b limit 2500b peakrate 16000000bit mtu 1000b tokens 500000ns overlimits 0",
                qdisc.describe());
    }
}
