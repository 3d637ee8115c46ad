package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.EthtoolOps;
import dev.netstack4j.api.device.RingParameters;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.List;

/// Settings: what is changed, and what is refused.
final class ControlRules {
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:11:22:33");

    private ControlRules() {}

    static void addTo(NicDriverKit kit) {
        kit.up(54, "carries frames of the MTU that it agreed to", ControlRules::mtu);
        kit.up(55, "takes every frame in promiscuous mode, and again only its own", ControlRules::promiscuous);
        kit.up(56, "takes broadcasts and the groups that are wanted", ControlRules::multicast);
        kit.up(57, "changes its address, or says that it cannot", ControlRules::address);
        kit.up(58, "keeps its settings when it is stopped and opened", ControlRules::keeps);
        kit.up(62, "verifies checksums no more when that is switched off", ControlRules::checksumsOff);
        kit.up(63, "refuses the abilities that it does not have", ControlRules::undeclared);
        kit.up(64, "changes ring sizes while it runs, and refuses impossible ones", ControlRules::rings);
        kit.up(65, "tells of the link", ControlRules::link);
        kit.up(67, "keeps its queues apart", ControlRules::queues);
    }

    private static void mtu(NicCase c) throws NetException {
        var config = c.lab.device().config();
        c.trial.check(config.mtu() >= config.leastMtu() && config.mtu() <= config.mostMtu(), "the MTU is out of range");
        if (!c.can(NicAbility.MTU_CHANGE)) {
            c.trial.check(config.leastMtu() == config.mostMtu() || !changes(c), "changes its MTU though it says not");
            return;
        }
        int most = Math.min(config.mostMtu(), 9000);
        for (int mtu : new int[] {most, config.leastMtu(), 1000, Math.min(1501, most)}) {
            c.lab.stack().links().mtu(c.lab.device(), mtu);
            List<byte[]> out = List.of(c.outbound(mtu + Frames.HEADER));
            c.lab.sendAll(out);
            c.expectSent(out, "with an MTU of " + mtu);
            int in = Math.max(mtu + Frames.HEADER, Frames.LEAST);
            c.expectReceived(List.of(c.inbound(in)), "with an MTU of " + mtu);
        }
    }

    private static boolean changes(NicCase c) {
        try {
            c.lab.stack().links().mtu(c.lab.device(), c.lab.device().config().leastMtu());
            return true;
        } catch (NetException e) {
            return false;
        }
    }

    private static byte[] to(NicCase c, MacAddress address) {
        return Frames.frame(address, 90, c.trial.random());
    }

    private static void promiscuous(NicCase c) throws NetException {
        for (int i = 0; i < 2; i++) {
            if (c.can(NicAbility.UNICAST_FILTER)) {
                c.trial.check(!c.takes(to(c, OTHER)), "a frame for another station is handed up");
            }
            c.lab.stack().links().promiscuous(c.lab.device(), true);
            c.trial.check(c.takes(to(c, OTHER)), "a frame for another station is lost in promiscuous mode");
            c.trial.check(c.takes(to(c, MacAddress.parse("01:00:5e:77:77:77"))), "a group is lost in promiscuous mode");
            c.trial.check(c.takes(c.inbound(90)), "an own frame is lost in promiscuous mode");
            c.lab.stack().links().promiscuous(c.lab.device(), false);
        }
    }

    private static void multicast(NicCase c) throws NetException {
        c.trial.check(c.takes(to(c, MacAddress.BROADCAST)), "a broadcast is lost");
        for (int i = 0; i < 6; i++) {
            MacAddress group = group(c);
            c.lab.stack().links().multicast(c.lab.device(), group, true);
            c.trial.check(c.takes(to(c, group)), "a frame of group " + group + " is lost");
            if (i % 2 == 0) {
                c.lab.stack().links().multicast(c.lab.device(), group, false);
            }
        }
        c.trial.check(c.takes(to(c, MacAddress.BROADCAST)), "a broadcast is lost when groups were joined");
        if (c.can(NicAbility.MULTICAST_FILTER)) {
            int passed = 0;
            for (int i = 0; i < 24; i++) {
                passed += c.takes(to(c, group(c))) ? 1 : 0;
            }
            c.trial.check(passed <= 12, passed + " of 24 groups that nobody wants are handed up");
        }
    }

    private static MacAddress group(NicCase c) {
        return MacAddress.of(0x0100_5E00_0000L | c.trial.random().nextInt(0x80_0000));
    }

    private static void address(NicCase c) throws NetException {
        MacAddress old = c.mac();
        try {
            c.lab.stack().links().macAddress(c.lab.device(), OTHER);
        } catch (NetException e) {
            c.trial.check(!c.can(NicAbility.ADDRESS_CHANGE), "cannot change its address: " + e.getMessage());
            c.trial.checkEqual(Errno.EOPNOTSUPP, e.errno(), "the refusal");
            return;
        }
        c.trial.check(c.can(NicAbility.ADDRESS_CHANGE), "changed its address though it says not");
        c.trial.check(c.takes(to(c, OTHER)), "a frame for the new address is lost");
        if (c.can(NicAbility.UNICAST_FILTER)) {
            c.trial.check(!c.takes(to(c, old)), "a frame for the old address is handed up");
        }
    }

    private static void keeps(NicCase c) throws NetException {
        MacAddress group = group(c);
        c.lab.stack().links().multicast(c.lab.device(), group, true);
        if (c.can(NicAbility.ADDRESS_CHANGE)) {
            c.lab.stack().links().macAddress(c.lab.device(), OTHER);
        }
        int mtu = c.can(NicAbility.MTU_CHANGE)
                ? Math.min(c.lab.device().config().mostMtu(), 4000)
                : c.lab.device().mtu();
        if (c.can(NicAbility.MTU_CHANGE)) {
            c.lab.stack().links().mtu(c.lab.device(), mtu);
        }
        for (int i = 0; i < 2; i++) {
            c.lab.down();
            c.lab.up();
            c.trial.check(c.takes(to(c, c.mac())), "a frame for the address is lost after stop and open");
            c.trial.check(c.takes(to(c, group)), "a frame of the group is lost after stop and open");
            c.trial.check(c.takes(c.inbound(mtu + Frames.HEADER)), "a frame of the MTU is lost after stop and open");
        }
        c.lab.stack().links().promiscuous(c.lab.device(), true);
        c.lab.down();
        c.lab.up();
        c.trial.check(
                c.takes(to(c, MacAddress.parse("02:00:00:77:77:77"))), "promiscuous mode is lost after stop and open");
    }

    private static void checksumsOff(NicCase c) throws NetException {
        long rxcsum = dev.netstack4j.api.device.DeviceFeatures.RXCSUM;
        boolean announced = (c.lab.device().config().hardwareFeatures() & rxcsum) != 0;
        c.trial.checkEqual(c.can(NicAbility.RX_CHECKSUM), announced, "announces RXCSUM");
        c.needs(NicAbility.RX_CHECKSUM);
        for (int i = 0; i < 2; i++) {
            long features = c.lab.device().config().features();
            c.lab.stack().links().features(c.lab.device(), i == 0 ? features & ~rxcsum : features | rxcsum);
            c.lab.wire().send(Frames.udp(c.mac(), Frames.PEER, 50, c.trial.random()));
            c.lab.until(() -> c.lab.received().count() > 0);
            boolean verified = c.lab.received().takeAll().getFirst().checksum()
                    == dev.netstack4j.api.buffer.ChecksumState.UNNECESSARY;
            c.trial.checkEqual(i == 1, verified, "verifies with RXCSUM " + (i == 1 ? "on" : "off"));
        }
    }

    private static void undeclared(NicCase c) {
        EthtoolOps e = c.lab.device().config().ethtool();
        ability(c, NicAbility.RINGS, e::rings);
        ability(c, NicAbility.COALESCING, e::coalesceNanos);
        ability(c, NicAbility.COALESCING, () -> e.setCoalesceNanos(100_000));
        ability(c, NicAbility.COALESCING, () -> e.setCoalesceNanos(0));
        ability(c, NicAbility.CHANNELS, e::channels);
        ability(c, NicAbility.CHANNELS_CHANGE, () -> e.setChannels(1));
        ability(c, NicAbility.PAUSE, e::pause);
        ability(c, NicAbility.PAUSE, () -> e.setPause(true, true));
        ability(c, NicAbility.STEERING, e::receiveSteering);
        ability(c, NicAbility.SPEED, e::speedMbps);
        ability(c, NicAbility.DRIVER_INFO, e::driverInfo);
        if (!c.can(NicAbility.RINGS)) {
            ability(c, NicAbility.RINGS, () -> e.setRings(128, 128));
        }
        c.works("after its abilities were asked for");
    }

    private static void ability(NicCase c, NicAbility ability, dev.netstack4j.testkit.kit.lab.NicLab.Control call) {
        Errno refused = null;
        try {
            c.lab.locked(call);
        } catch (NetException e) {
            refused = e.errno();
        }
        c.trial.checkEqual(c.can(ability) ? null : Errno.EOPNOTSUPP, refused, "the answer for " + ability);
    }

    private static void rings(NicCase c) throws NetException {
        c.needs(NicAbility.RINGS);
        EthtoolOps e = c.lab.device().config().ethtool();
        RingParameters r = e.rings();
        c.trial.check(
                r.least() <= r.rx() && r.rx() <= r.most() && r.least() <= r.tx() && r.tx() <= r.most(),
                "a ring size is out of its range");
        for (int size : new int[] {r.least(), Math.min(512, r.most())}) {
            c.lab.locked(() -> e.setRings(size, size));
            c.lab.settle();
            c.trial.check(e.rings().rx() >= size && e.rings().tx() >= size, "the rings are shorter than asked for");
            c.works("with rings of " + size);
            // A device without flow control loses what finds no descriptor.
            c.expectReceived(c.inbound(Math.min(100, size / 2), 60, 200), "with rings of " + size);
        }
        for (int size : new int[] {r.least() - 1, r.most() + 1, 0, -1}) {
            Errno refused = null;
            try {
                c.lab.locked(() -> e.setRings(size, r.tx()));
            } catch (NetException x) {
                refused = x.errno();
            }
            c.trial.checkEqual(Errno.EINVAL, refused, "the answer to a ring of " + size);
        }
        c.works("after impossible ring sizes");
    }

    private static void link(NicCase c) throws NetException {
        c.trial.check(c.lab.until(c.lab.device()::hasCarrier), "no carrier though the link is up");
        c.needs(NicAbility.LINK_DETECTION);
        for (int i = 0; i < 3; i++) {
            c.lab.wire().link(false);
            c.trial.check(c.lab.until(() -> !c.lab.device().hasCarrier()), "a carrier though the link is gone");
            if (i == 1) {
                c.lab.down();
                c.lab.up();
                c.trial.check(!c.lab.device().hasCarrier(), "a carrier after open though the link is gone");
            }
            c.lab.wire().link(true);
            c.trial.check(c.lab.until(c.lab.device()::hasCarrier), "no carrier when the link is back");
            c.works("when the link is back");
        }
        c.lab.down();
        c.lab.wire().link(false);
        c.lab.settle();
        c.lab.wire().link(true);
        c.lab.up();
        c.trial.check(c.lab.until(c.lab.device()::hasCarrier), "no carrier after open though the link is up");
    }

    private static void queues(NicCase c) {
        int queues = c.lab.device().config().txQueues();
        c.trial.checkEqual(c.can(NicAbility.SEVERAL_QUEUES), queues > 1, "has several queues");
        c.needs(NicAbility.SEVERAL_QUEUES);
        c.lab.onCpu(cpu -> {
            for (int q = 0; q < queues; q++) {
                var skb = c.lab.packet(Frames.numbered(c.outbound(100), q), cpu);
                skb.queueMapping(q);
                int chosen = c.lab.device().ops().selectQueue(skb, cpu);
                c.trial.check(chosen >= -1 && chosen < queues, "chose queue " + chosen + " of " + queues);
                c.lab.start(skb, false, cpu);
            }
        });
        c.lab.until(() -> c.lab.wire().sentCount() >= queues);
        List<Integer> numbers =
                c.lab.wire().takeSent().stream().map(Frames::number).sorted().toList();
        c.trial.checkEqual(
                java.util.stream.IntStream.range(0, queues).boxed().toList(), numbers, "frames of all queues");
        for (int q = 0; q < queues; q++) {
            c.trial.check(!c.lab.device().txQueue(q).isStopped(), "queue " + q + " is stopped");
        }
    }
}
