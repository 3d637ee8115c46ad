package dev.netstack4j.qdisc.pfifofast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import dev.netstack4j.testkit.fake.TestHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

class PfifoFastTest {
    private static final int ALL = Integer.MAX_VALUE;

    private final TestHost host = new TestHost();
    private final FakeNetDevice device = new FakeNetDevice("eth0", 2);
    private final SkBuffQueue out = new SkBuffQueue();
    private Qdisc qdisc;

    @BeforeEach
    void attach() throws NetException {
        qdisc = create();
    }

    private Qdisc create() throws NetException {
        QdiscContext context = new QdiscContext() {
            @Override
            public FakeNetDevice device() {
                return device;
            }

            @Override
            public QdiscWatchdog watchdog() {
                return Mockito.mock(QdiscWatchdog.class);
            }
        };
        return new PfifoFastOps(host.ledger()).create(context, Options.NONE);
    }

    @AfterEach
    void everythingIsFreed() {
        out.dropAll(host.ledger().drop("TEST", "end of the test"), host.cpu());
        qdisc.reset(host.cpu());
        host.assertNoLeak();
    }

    private SkBuff packet(int priority, int mark) {
        SkBuff skb = host.packet(new byte[100]);
        skb.priority(priority);
        skb.mark(mark);
        return skb;
    }

    private int enqueue(int priority, int mark) {
        return qdisc.enqueue(packet(priority, mark), host.cpu());
    }

    private String marks() {
        StringBuilder s = new StringBuilder();
        for (SkBuff skb = out.peek(); skb != null; skb = skb.next()) {
            s.append(s.isEmpty() ? "" : " ").append(skb.mark());
        }
        return s.toString();
    }

    @Test
    @Mechanism("F3")
    void aPacketOfLowPriorityQueuedFirstStillLeavesLast() {
        enqueue(2, 1); // band 2
        enqueue(0, 2); // band 1
        enqueue(6, 3); // band 0
        enqueue(0, 4);
        enqueue(7, 5);
        assertEquals(5, qdisc.dequeue(out, ALL, ALL, host.cpu()));
        assertEquals("3 5 2 4 1", marks());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1", "1, 2", "2, 2", "3, 2", "4, 1", "5, 2", "6, 0", "7, 0", "8, 1", "9, 1", "10, 1", "11, 1", "12, 1",
        "13, 1", "14, 1", "15, 1", "16, 1", "22, 0", "-1, 1"
    })
    @Mechanism("F3")
    void aPriorityChoosesItsBandByTheUsualMap(int priority, int band) {
        assertEquals(band, PriorityMap.bandOf(priority));
    }

    @Test
    @Mechanism({"F4", "F5"})
    void thePacketAfterTheThousandthOfABandIsDroppedAndReported() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(XmitResult.SUCCESS, enqueue(0, i));
        }
        assertEquals(XmitResult.DROP, enqueue(0, 1000));
        assertEquals(1000, qdisc.length());
        assertEquals(100_000, qdisc.backlogBytes());
        assertEquals(1, host.ledger().dropped("QDISC_DROP"));
        assertEquals(XmitResult.SUCCESS, enqueue(6, 1001), "another band has room of its own");
    }

    @Test
    @Mechanism("F10")
    void itMayBeBypassedWhenEmptyBecauseItNeitherReordersNorShapes() {
        assertTrue(qdisc.canBypass());
    }

    @Test
    void aBatchEndsAtThePacketLimitAndGoesOnWhereItEnded() {
        for (int i = 0; i < 5; i++) {
            enqueue(0, i);
        }
        assertEquals(2, qdisc.dequeue(out, 2, ALL, host.cpu()));
        assertEquals(3, qdisc.length());
        assertEquals(3, qdisc.dequeue(out, 8, ALL, host.cpu()));
        assertEquals("0 1 2 3 4", marks());
        assertEquals(0, qdisc.backlogBytes());
        assertEquals(0, qdisc.dequeue(out, 8, ALL, host.cpu()));
    }

    @Test
    void aBatchEndsWithThePacketThatReachesTheByteLimit() {
        for (int i = 0; i < 5; i++) {
            enqueue(0, i);
        }
        assertEquals(2, qdisc.dequeue(out, ALL, 101, host.cpu()));
        assertEquals(300, qdisc.backlogBytes());
    }

    @Test
    void resetDropsEverythingWithAReason() {
        enqueue(0, 1);
        enqueue(2, 2);
        qdisc.reset(host.cpu());
        assertEquals(0, qdisc.length());
        assertEquals(0, qdisc.backlogBytes());
        assertEquals(2, host.ledger().dropped("QDISC_RESET"));
    }

    @Test
    @Mechanism("F21")
    void allPacketsCanBeHandedToASuccessorInOrder() {
        enqueue(2, 1);
        enqueue(6, 2);
        assertEquals(2, qdisc.drain(out, host.cpu()));
        assertEquals("2 1", marks());
    }

    @Test
    void aDeviceWithoutAQueueIsRefused() {
        device.config().txQueueLength(0);
        NetException e = assertThrows(NetException.class, this::create);
        assertEquals(Errno.EINVAL, e.errno());
    }

    @Test
    void itDescribesItsBands() {
        enqueue(6, 1);
        enqueue(2, 2);
        assertEquals("bands 3 of 1000 packets, holding 1 0 1", qdisc.describe());
    }
}
