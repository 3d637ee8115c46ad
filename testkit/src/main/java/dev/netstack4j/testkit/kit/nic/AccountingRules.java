package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.TxStatus;
import java.util.List;

/// What a driver counts.
final class AccountingRules {
    private AccountingRules() {}

    static void addTo(NicDriverKit kit) {
        kit.up(49, "counts packets and bytes that it sent", AccountingRules::sent);
        kit.up(50, "counts packets and bytes that it handed up", AccountingRules::received);
        kit.up(51, "counts every packet that it took from the stack", AccountingRules::nothingSilentOut);
        kit.up(52, "counts every frame that it took from the wire", AccountingRules::nothingSilentIn);
        kit.up(53, "never counts backwards, stopped or opened again", AccountingRules::monotone);
    }

    private static void sent(NicCase c) {
        DeviceStats before = c.lab.stats();
        List<byte[]> all = c.outbound(50, 60, 500);
        c.lab.sendAll(all);
        long bytes = all.stream().mapToLong(f -> f.length).sum();
        DeviceStats after = c.lab.stats();
        c.trial.checkEqual(50L, after.txPackets - before.txPackets, "packets sent");
        c.trial.checkEqual(bytes, after.txBytes - before.txBytes, "bytes sent");
        c.trial.checkEqual(0L, after.txDropped + after.txErrors, "packets dropped");
        c.trial.checkEqual(before.rxPackets, after.rxPackets, "packets received");
    }

    private static void received(NicCase c) {
        DeviceStats before = c.lab.stats();
        List<byte[]> all = c.inbound(50, 60, 500);
        c.expectReceived(all, "received");
        long bytes = all.stream().mapToLong(f -> f.length).sum();
        DeviceStats after = c.lab.stats();
        c.trial.checkEqual(50L, after.rxPackets - before.rxPackets, "packets received");
        c.trial.checkEqual(bytes, after.rxBytes - before.rxBytes, "bytes received");
        c.trial.checkEqual(0L, after.rxErrors + after.rxDropped + after.rxMissed, "frames lost");
        c.trial.checkEqual(before.txPackets, after.txPackets, "packets sent");
    }

    private static void nothingSilentOut(NicCase c) {
        long taken = 0;
        for (int i = 0; i < 150; i++) {
            int bytes = i % 10 == 3
                    ? c.trial.random().nextInt(20_000, 60_000)
                    : c.trial.random().nextInt(14, c.most() + 1);
            taken += c.lab.send(c.outbound(bytes)) == TxStatus.OK ? 1 : 0;
            if (i % 8 == 0) {
                c.lab.pass(1_000_000);
            }
        }
        c.lab.settle();
        DeviceStats s = c.lab.stats();
        c.trial.checkEqual(
                taken, s.txPackets + s.txDropped + s.txErrors, "packets sent, dropped and failed, of those taken");
        c.trial.checkEqual(s.txPackets, (long) c.lab.wire().takeSent().size(), "frames on the wire and packets sent");
    }

    private static void nothingSilentIn(NicCase c) {
        c.lab.stack().packets().failEvery(2);
        for (int i = 0; i < 20; i++) {
            c.lab.onCpu(cpu -> {
                c.inbound(120, 60, 120).forEach(c.lab.wire()::send);
                c.lab.wire().pushNow();
                c.lab.wire().pushNow();
                c.lab.wire().pushNow();
            });
            c.lab.pass(5_000_000);
        }
        c.lab.stack().packets().failEvery(0);
        c.lab.until(() -> c.lab.wire().waiting() == 0);
        c.lab.settle();
        DeviceStats s = c.lab.stats();
        long up = c.lab.received().total();
        long counted = s.rxErrors + s.rxDropped + s.rxMissed;
        c.trial.checkEqual(up, s.rxPackets, "packets handed up and packets counted");
        c.trial.checkEqual(c.lab.received().totalBytes(), s.rxBytes, "bytes handed up and bytes counted");
        c.trial.check(
                c.lab.wire().taken() <= up + counted,
                c.lab.wire().taken() + " frames were taken from the wire, " + up + " handed up, and only " + counted
                        + " counted as lost");
    }

    private static void monotone(NicCase c) throws Exception {
        DeviceStats last = c.lab.stats();
        for (int i = 0; i < 4; i++) {
            c.works("round " + i);
            last = notLess(c, last);
            c.lab.down();
            last = notLess(c, last);
            c.lab.up();
            last = notLess(c, last);
        }
        c.trial.checkEqual(4L, last.rxPackets, "packets received over all openings");
    }

    private static DeviceStats notLess(NicCase c, DeviceStats before) {
        DeviceStats now = c.lab.stats();
        c.trial.check(
                now.rxPackets >= before.rxPackets
                        && now.txPackets >= before.txPackets
                        && now.rxBytes >= before.rxBytes
                        && now.txBytes >= before.txBytes
                        && now.rxErrors >= before.rxErrors
                        && now.rxMissed >= before.rxMissed
                        && now.rxDropped >= before.rxDropped
                        && now.txDropped >= before.txDropped
                        && now.txErrors >= before.txErrors,
                "a count went back");
        return now;
    }
}
