package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.lab.Faults.Resource;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.LabPlan;
import dev.netstack4j.testkit.kit.lab.Marks;
import dev.netstack4j.testkit.kit.lab.NicLab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Probing, opening, stopping and letting go.
final class LifecycleRules {
    private LifecycleRules() {}

    static void addTo(NicDriverKit kit) {
        kit.down(1, "carries frames both ways once it is open", LifecycleRules::opens);
        kit.down(2, "gives everything back when it cannot be opened", LifecycleRules::openFails);
        kit.down(3, "opens after a failure", LifecycleRules::opensAfterFailure);
        kit.up(4, "holds no packet once it is stopped", LifecycleRules::stops);
        kit.up(5, "keeps no handler and nothing mapped once it is stopped", LifecycleRules::stopGivesBack);
        kit.up(6, "does no DMA once it is stopped", LifecycleRules::noDma);
        kit.up(7, "opens and stops any number of times", LifecycleRules::repeated);
        kit.up(8, "stops in the middle of traffic", LifecycleRules::stopInTraffic);
        kit.up(9, "sends nothing old after it is opened again", LifecycleRules::nothingOld);
        kit.unplugged(10, "gives everything back when a probe fails", LifecycleRules::probeFails);
        kit.unplugged(11, "can be opened from the moment in which it is registered", LifecycleRules::registersLast);
        kit.up(12, "gives everything back when it lets go", LifecycleRules::removed);
        kit.up(13, "lets go in the middle of traffic", LifecycleRules::removedInTraffic);
        kit.up(14, "ends well when its device is gone", LifecycleRules::gone);
        kit.down(28, "sends nothing while it is down", LifecycleRules::sendsNothingDown);
        kit.up(66, "leaves other devices alone", LifecycleRules::sideBySide);
    }

    private static void opens(NicCase c) throws NetException {
        c.lab.up();
        c.trial.check(!c.lab.device().txQueue(0).isStopped(), "the transmit queue is not started");
        c.works("after open");
    }

    /// Counts what an opening uses.
    private static int[] uses(NicCase c) throws NetException {
        c.lab.faults().none();
        c.lab.up();
        int[] used = new int[Resource.values().length];
        for (Resource r : Resource.values()) {
            used[r.ordinal()] = c.lab.faults().used(r);
        }
        c.lab.down();
        c.lab.settle();
        return used;
    }

    private static void openFails(NicCase c) throws NetException {
        String before = c.lab.plugged().heldByOpening();
        for (Resource r : List.of(Resource.COHERENT, Resource.REQUEST, Resource.MAP)) {
            int used = uses(c)[r.ordinal()];
            for (int n = 0; n < Math.min(used, 3); n++) {
                c.lab.faults().fail(r, n, Integer.MAX_VALUE - 1);
                expectFailure(c, before, r + " " + n);
            }
        }
        c.lab.faults().none();
        c.lab.stack().packets().failEvery(1);
        expectFailure(c, before, "no memory for packets");
        c.lab.stack().packets().failEvery(0);
    }

    private static void expectFailure(NicCase c, String before, String what) {
        boolean opened = true;
        try {
            c.lab.up();
        } catch (NetException e) {
            opened = false;
        }
        if (opened) {
            c.lab.down();
            c.lab.settle();
        }
        c.lab.faults().none();
        String when = " when an opening failed (" + what + ")";
        c.trial.checkEqual(before, c.lab.plugged().heldByOpening(), "held" + when);
        c.expectNoPackets("are left" + when);
    }

    private static void opensAfterFailure(NicCase c) throws NetException {
        for (Resource r : List.of(Resource.COHERENT, Resource.REQUEST)) {
            c.lab.faults().fail(r, 0, 0);
            try {
                c.lab.up();
                c.lab.down();
            } catch (NetException e) {
                c.trial.event("opening failed: " + e.getMessage());
            }
            c.lab.faults().none();
        }
        c.lab.up();
        c.works("after openings that failed");
    }

    private static void busyDevice(NicCase c) {
        c.lab.wire().busy(c.can(NicAbility.FLOW_CONTROL));
        for (int i = 0; i < 60 && !c.lab.device().txQueue(0).isStopped(); i++) {
            c.lab.send(c.outbound(60 + i));
        }
        c.lab.onCpu(cpu -> {
            c.inbound(100, 60, 300).forEach(c.lab.wire()::send);
            c.lab.wire().pushNow();
        });
    }

    private static void stops(NicCase c) throws NetException {
        c.lab.sendAll(c.outbound(10, 60, 300));
        c.inbound(10, 60, 300).forEach(c.lab.wire()::send);
        c.lab.settle();
        c.lab.down();
        c.expectNoPackets("after stop");
        c.lab.up();
        busyDevice(c);
        c.lab.down();
        c.expectNoPackets("after stop in traffic");
    }

    private static void stopGivesBack(NicCase c) throws NetException {
        c.needsBus();
        for (int i = 0; i < 2; i++) {
            busyDevice(c);
            c.lab.down();
            var pci = c.lab.plugged().pci();
            c.trial.checkEqual(0, pci == null ? 0 : pci.watchedDma().mappings(), "buffers mapped after stop");
            c.trial.checkEqual(0, c.lab.plugged().handlers().requested(), "interrupt handlers after stop");
            c.lab.up();
        }
    }

    private static void noDma(NicCase c) {
        c.lab.sendAll(c.outbound(5, 60, 300));
        c.lab.down();
        c.lab.received().takeAll();
        List<SkBuff> mine = new ArrayList<>();
        byte[] pattern = new byte[2000];
        Arrays.fill(pattern, (byte) 0xA5);
        c.lab.onCpu(cpu -> {
            for (int i = 0; i < 400; i++) {
                mine.add(c.lab.packet(pattern, cpu));
            }
        });
        c.inbound(100, 60, 300).forEach(c.lab.wire()::send);
        c.lab.wire().pushNow();
        c.lab.settle();
        c.trial.checkEqual(0, c.lab.received().count(), "frames handed up after stop");
        int changed = 0;
        byte[] now = new byte[pattern.length];
        for (SkBuff skb : mine) {
            skb.read(0, now, 0, now.length);
            changed += Arrays.equals(now, pattern) ? 0 : 1;
        }
        c.lab.onCpu(cpu -> mine.forEach(skb -> c.lab.free(skb, cpu)));
        c.trial.checkEqual(0, changed, "packets of the stack that the stopped device wrote into");
    }

    private static void repeated(NicCase c) throws NetException {
        String first = "";
        for (int i = 0; i < 8; i++) {
            c.works("opening " + i);
            String held = c.lab.plugged().held();
            first = i == 0 ? held : first;
            c.lab.down();
            c.expectNoPackets("after stop " + i);
            c.lab.up();
        }
        c.works("the last time");
        c.trial.checkEqual(first, c.lab.plugged().held(), "held after several openings");
    }

    private static void stopInTraffic(NicCase c) throws NetException {
        for (int i = 0; i < 3; i++) {
            busyDevice(c);
            if (i > 0) {
                c.lab.pass(c.trial.random().nextLong(1, 3_000_000));
            }
            c.lab.down();
            c.expectNoPackets("after stop " + i);
            c.lab.wire().busy(false);
            c.lab.up();
            c.lab.until(() -> c.lab.wire().waiting() == 0);
            c.lab.settle();
            c.lab.received().takeAll();
            c.lab.wire().takeSent();
            c.works("after stop " + i + " in traffic");
        }
    }

    private static void nothingOld(NicCase c) throws NetException {
        c.needs(NicAbility.FLOW_CONTROL);
        busyDevice(c);
        c.lab.settle();
        c.lab.down();
        c.lab.wire().busy(false);
        c.lab.settle();
        c.lab.wire().takeSent();
        c.lab.up();
        List<byte[]> fresh = c.outbound(3, 60, 200);
        c.lab.sendAll(fresh);
        c.expectSent(fresh, "sent after it was opened again");
    }

    private static void probeFails(NicDriverSubject subject, Trial trial) throws Exception {
        LabPlan.Assembled made = NicCase.unplugged(subject, trial);
        trial.atEnd(() -> made.stack().close());
        int failures = 0;
        for (Resource r : Resource.values()) {
            for (int n = 0; n < 3; n++) {
                made.device().faults().none();
                made.device().faults().fail(r, n, Integer.MAX_VALUE - 1);
                NicLab lab = null;
                try {
                    lab = made.plug();
                } catch (NetException e) {
                    failures++;
                    trial.check(e.errno() != Errno.EIO, "probe threw " + e.getCause());
                }
                made.device().faults().none();
                if (lab != null) {
                    lab.plugged().unplug();
                }
                trial.checkEqual("", made.device().held(), "held after a probe that failed at " + r + " " + n);
                trial.check(
                        made.device().devices().registered().isEmpty(),
                        "a device is registered after a probe that failed at " + r + " " + n);
                made.renewWire();
            }
        }
        trial.check(failures > 0, "no failure of a resource made the probe fail");
        NicCase c = NicCase.around(subject, trial, made);
        c.lab.up();
        c.works("after probes that failed");
    }

    private static void registersLast(NicDriverSubject subject, Trial trial) throws Exception {
        LabPlan.Assembled made = NicCase.unplugged(subject, trial);
        trial.atEnd(() -> made.stack().close());
        made.device().devices().whenRegistered(d -> made.stack().links().up(d));
        NicCase c = NicCase.around(subject, trial, made);
        trial.check(c.lab.device().isUp(), "it was not opened");
        c.lab.settle();
        c.works("opened in the moment of its registration");
    }

    private static void removed(NicCase c) throws NetException {
        c.works("before");
        c.lab.down();
        expectGone(c);
    }

    private static void expectGone(NicCase c) throws NetException {
        c.lab.plugged().unplug();
        c.lab.pass(1_000_000);
        c.trial.checkEqual("", c.lab.plugged().held(), "held when the driver let go");
        c.trial.check(c.lab.plugged().devices().registered().isEmpty(), "the network device is still registered");
        c.expectNoPackets("when the driver let go");
    }

    private static void removedInTraffic(NicCase c) throws NetException {
        busyDevice(c);
        expectGone(c);
    }

    private static void gone(NicCase c) throws NetException {
        c.needsBus();
        busyDevice(c);
        var pci = c.lab.plugged().pci();
        if (pci != null) {
            pci.vanish();
        }
        c.lab.settle();
        c.lab.send(c.outbound(100));
        c.lab.stats();
        c.lab.settle();
        expectGone(c);
        c.lab.watch().check(Marks.NEVER_THROWS);
    }

    private static void sendsNothingDown(NicCase c) throws NetException {
        for (int i = 0; i < 2; i++) {
            c.lab.onCpu(cpu -> {
                SkBuff skb = c.lab.packet(c.outbound(100), cpu);
                if (c.lab.start(skb, false, cpu) == TxStatus.BUSY) {
                    c.trial.check(skb.isLive(), "a packet that was refused is freed");
                    c.lab.free(skb, cpu);
                }
            });
            c.lab.settle();
            c.trial.checkEqual(0, c.lab.wire().sentCount(), "frames sent while it is down");
            c.expectNoPackets("while it is down");
            c.lab.watch().check(Marks.NEVER_THROWS);
            c.lab.up();
            c.works("when it is up");
            c.lab.down();
        }
    }

    private static void sideBySide(NicCase c) throws Exception {
        c.needsBus();
        NicLab other = c.another();
        c.works("beside another one");
        other.sendAll(List.of(c.outbound(100)));
        c.trial.checkEqual(1, other.wire().takeSent().size(), "frames sent by the other one");
        c.trial.checkEqual(0, c.lab.wire().takeSent().size(), "frames of the other one sent here");
        byte[] f = c.inbound(100);
        System.arraycopy(Frames.frame(other.device().macAddress(), 14, c.trial.random()), 0, f, 0, 6);
        other.wire().send(f);
        other.until(() -> c.lab.received().count() > 0);
        c.trial.checkEqual(
                other.device(),
                c.lab.received().takeAll().getFirst().device(),
                "the device of a frame for the other one");
        other.down();
        c.works("when the other one is down");
        c.lab.down();
        other.up();
        other.sendAll(List.of(c.outbound(100)));
        c.trial.checkEqual(1, other.wire().takeSent().size(), "frames sent by the other one, opened again");
        other.plugged().unplug();
        c.lab.up();
        c.works("when the other one was unplugged");
    }
}
