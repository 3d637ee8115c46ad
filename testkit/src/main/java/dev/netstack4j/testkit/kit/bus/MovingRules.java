package dev.netstack4j.testkit.kit.bus;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.LabPlan;
import dev.netstack4j.testkit.kit.lab.NicLab;
import dev.netstack4j.testkit.kit.lab.Received.Packet;
import dev.netstack4j.testkit.kit.lab.WatchedPciDevice;
import java.util.ArrayList;
import java.util.List;

/// Rules that need a driver.
final class MovingRules {
    private MovingRules() {}

    private static NicLab lab(PciBusSubject s, Trial t) throws Exception {
        StackModule driver = s.driver();
        if (driver == null) {
            throw t.unjudged("the subject names no driver");
        }
        LabPlan plan = new LabPlan(driver, List.of(s.stackModule()), s.kind(), s.model(), s.options());
        NicLab lab = plan.assemble(s.newRuntime(t.seed()), t).plug();
        t.atEnd(lab::close);
        lab.up();
        return lab;
    }

    private static List<byte[]> frames(MacAddress to, Trial t) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            all.add(Frames.numbered(Frames.frame(to, t.random().nextInt(60, 1514), t.random()), i));
        }
        return all;
    }

    static void moves(PciBusSubject s, Trial t) throws Exception {
        NicLab lab = lab(s, t);
        List<byte[]> out = frames(Frames.PEER, t);
        lab.sendAll(out);
        lab.until(() -> lab.wire().sentCount() >= out.size());
        String difference = Frames.difference(out, lab.wire().takeSent());
        t.check(difference.isEmpty(), "to the wire: " + difference);
        List<byte[]> in = frames(lab.device().macAddress(), t);
        in.forEach(lab.wire()::send);
        lab.until(() -> lab.received().count() >= in.size());
        List<byte[]> got = lab.received().takeAll().stream().map(Packet::frame).toList();
        difference = Frames.difference(in, got);
        t.check(difference.isEmpty(), "from the wire: " + difference);
    }

    static void disabled(PciBusSubject s, Trial t) throws Exception {
        NicLab lab = lab(s, t);
        WatchedPciDevice pci = lab.plugged().pci();
        if (pci == null) {
            throw t.unjudged("the device has no bus");
        }
        pci.disable();
        frames(lab.device().macAddress(), t).forEach(lab.wire()::send);
        lab.send(Frames.frame(Frames.PEER, 100, t.random()));
        lab.settle();
        t.checkEqual(0, lab.received().count(), "frames that a disabled device wrote to memory");
        t.checkEqual(0, lab.wire().sentCount(), "frames that a disabled device read from memory");
        pci.enable();
        lab.settle();
    }
}
