package dev.netstack4j.cli.demo;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.ModuleInfo;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.cli.pcapng.DeviceCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The demo's steps on two assembled hosts. Ends with both stacks closed, so that the ledgers are final.
public final class Demo {
    static final int PINGS = 3;

    private static final int PING_BYTES = 56;
    private static final int LARGE_PING_BYTES = 4000;
    private static final int PING_TRIES = 50;
    private static final int DATAGRAMS = 100;
    private static final int PORT = 5001;
    private static final long REST_NANOS = 2_000_000_000L;
    private static final long STEP_NANOS = 1_000_000L;

    private final TwoHosts hosts;
    private final long size;
    private final long warmUp;
    private final long timeoutNanos;
    private final Progress progress;

    /// @param size         bytes to move each way
    /// @param warmUp       bytes to move each way before that, so that the virtual machine has compiled what runs
    ///     often; 0 for none
    /// @param timeoutNanos how long to wait for the answer to one packet
    /// @param progress     is told what happens
    public Demo(TwoHosts hosts, long size, long warmUp, long timeoutNanos, Progress progress) {
        this.hosts = hosts;
        this.size = size;
        this.warmUp = warmUp;
        this.timeoutNanos = timeoutNanos;
        this.progress = progress;
    }

    /// Runs all steps and closes the hosts.
    ///
    /// @param capture file for the frames of host A, or null
    public Report run(@Nullable Path capture) throws IOException {
        try (hosts) {
            DeviceCapture tap = capture == null
                    ? null
                    : DeviceCapture.start(hosts.a().stack(), hosts.a().device(), capture);
            return steps(tap);
        }
    }

    private Report steps(@Nullable DeviceCapture tap) throws IOException {
        Stack a = hosts.a().stack();
        Ping.Result ping;
        Ping.Result large;
        hosts.awaitLink();
        progress.step("ping 10.0.0.2 from 10.0.0.1");
        try (Ping p = new Ping(a, timeoutNanos)) {
            ping = p.run(TwoHosts.ADDRESS_B, PINGS, PING_TRIES, PING_BYTES);
            large = p.run(TwoHosts.ADDRESS_B, 1, PING_TRIES, LARGE_PING_BYTES);
        }
        progress.step("UDP echo of " + DATAGRAMS + " datagrams");
        DatagramExchange.Result datagrams = new DatagramExchange(hosts, timeoutNanos).run(DATAGRAMS);
        List<BulkTransfer.Result> warming = warmUp == 0 ? List.of() : bothWays("warm-up", warmUp);
        List<BulkTransfer.Result> transfers = bothWays("TCP", size);
        return account(tap, ping, large, datagrams, warming, transfers);
    }

    private List<BulkTransfer.Result> bothWays(String what, long bytes) throws IOException {
        Stack a = hosts.a().stack();
        Stack b = hosts.b().stack();
        BulkTransfer bulk = new BulkTransfer(hosts.runtime(), bytes);
        return List.of(
                progress.transfer(
                        what + " A to B", bytes, moved -> bulk.run("A to B", a, b, TwoHosts.ADDRESS_B, PORT, moved)),
                progress.transfer(
                        what + " B to A", bytes, moved -> bulk.run("B to A", b, a, TwoHosts.ADDRESS_A, PORT, moved)));
    }

    private Report account(
            @Nullable DeviceCapture tap,
            Ping.Result ping,
            Ping.Result large,
            DatagramExchange.Result datagrams,
            List<BulkTransfer.Result> warming,
            List<BulkTransfer.Result> transfers)
            throws IOException {
        awaitRest();
        String neighbour = neighbour();
        List<WalkCounters.Row> counters = WalkCounters.of(hosts);
        List<ModuleInfo> modules = hosts.a().stack().modules();
        if (tap != null) {
            tap.close();
        }
        hosts.close();
        return new Report(
                neighbour,
                ping,
                large,
                datagrams,
                warming,
                transfers,
                counters,
                modules,
                LedgerView.of(hosts.a().stack().packets()),
                LedgerView.of(hosts.b().stack().packets()),
                tap == null ? -1 : tap.frames());
    }

    private String neighbour() {
        for (Neighbour n : hosts.a()
                .stack()
                .service(NeighbourTables.class)
                .table(AddressFamily.INET)
                .entries()) {
            if (n.address().equals(TwoHosts.ADDRESS_B) && n.macAddress().isValidStation()) {
                return n.address() + " is at " + n.macAddress();
            }
        }
        return "";
    }

    /// Lets the last acknowledgements and ends of connections arrive.
    private void awaitRest() {
        StackRuntime runtime = hosts.runtime();
        long deadline = runtime.clock().nanos() + REST_NANOS;
        while (runtime.clock().nanos() < deadline && connections() > 0) {
            runtime.pause(STEP_NANOS);
        }
    }

    private long connections() {
        return established(hosts.a().stack()) + established(hosts.b().stack());
    }

    private static long established(Stack stack) {
        return stack.service(dev.netstack4j.api.statistics.Counters.class).value("Tcp.CurrEstab");
    }
}
