package dev.netstack4j.systemtests.congestion;

import static dev.netstack4j.testkit.simulation.Simulation.MILLISECOND;
import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.Simulation;
import org.junit.jupiter.api.Test;

/// What connections make of a path that they have for themselves, and of one that they share.
class ThroughputTest {
    @Test
    void cubicFillsALongFatPath() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost sender = net.host("sender", p -> p.memory(64L << 20));
            SimHost receiver = net.host("receiver", p -> p.memory(64L << 20));
            net.link(sender, receiver).shape("rate=100mbit delay=50ms queue=1250k");
            Flow flow = new Flow(net, 80).start(sender, receiver, "cubic", MILLISECOND, 14 * SECOND);
            net.advance(4 * SECOND);
            flow.mark();
            net.advance(10 * SECOND);
            double mbits = flow.bytes() * 8 / 10e6;
            net.join(60 * SECOND);
            assertTrue(mbits > 90, mbits + " Mbit/s of 100");
        }
    }

    @Test
    void fourFlowsShareABottleneck() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost sender = net.host("sender", p -> p.memory(16L << 20));
            SimHost receiver = net.host("receiver", p -> p.memory(16L << 20));
            net.link(sender, receiver).shape("rate=20mbit delay=10ms queue=64k");
            Flow[] flows = new Flow[4];
            for (int i = 0; i < flows.length; i++) {
                flows[i] = new Flow(net, 80 + i)
                        .start(sender, receiver, "cubic", (1 + 100L * i) * MILLISECOND, 40 * SECOND);
            }
            net.advance(5 * SECOND);
            for (Flow f : flows) {
                f.mark();
            }
            net.advance(30 * SECOND);
            double fairness = Flow.fairness(flows);
            long all = 0;
            for (Flow f : flows) {
                all += f.bytes();
            }
            assertTrue(fairness > 0.95, "Jain's index " + fairness);
            assertTrue(all * 8 / 30e6 > 17, "together " + all * 8 / 30e6 + " Mbit/s of 20");
            net.join(60 * SECOND);
        }
    }
}
