package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.tcp.net.Transfer;
import dev.netstack4j.proto.tcp.net.TwoNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
    @Test
    @Mechanism({"C19", "C22", "C18"})
    void a_bulk_transfer_without_loss_takes_the_fast_path() {
        TwoNodes net = new TwoNodes(1).delay(1_000_000);
        Transfer.both(net, 2_000_000, 0).run(60_000);
        long hits = net.b.count("TcpExt.TCPHPHits");
        long segments = net.b.count("Tcp.InSegs");
        assertTrue(hits > 2_000_000 / 1448 * 0.95, hits + " of " + segments);
        assertEquals(0, net.a.count("Tcp.RetransSegs"));
        net.end();
    }

    @Test
    void data_flows_both_ways_at_once() {
        TwoNodes net = new TwoNodes(2).delay(1_000_000);
        Transfer.both(net, 500_000, 700_000).run(60_000);
        net.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Mechanism({"C20", "C21", "A9"})
    void transfers_over_bad_pipes_arrive_exactly(int kind) {
        for (long seed = 0; seed < 100; seed++) {
            TwoNodes net = new TwoNodes(seed * 4 + kind).delay(5_000_000);
            net.ab.loss = kind == 0 ? 0.05 : 0.01;
            net.ba.loss = net.ab.loss;
            net.ab.reorder = kind == 1 ? 0.2 : 0;
            net.ba.reorder = net.ab.reorder;
            net.ab.duplicate = kind == 2 ? 0.1 : 0;
            net.a.network.ringSize = kind == 3 ? 20 : 0;
            net.a.network.orphans = true;
            if (seed % 2 == 1) {
                net.a.host.sysctls().set("net.ipv4.tcp_sack", 0);
            }
            if (seed % 3 == 1) {
                net.a.host.sysctls().set("net.ipv4.tcp_timestamps", 0);
            }
            if (seed % 5 == 1) {
                net.a.host.sysctls().set("net.ipv4.tcp_window_scaling", 0);
            }
            try {
                Transfer.both(net, 150_000, 60_000).run(3_600_000);
                net.end();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + " kind " + kind, e);
            }
        }
    }
}
