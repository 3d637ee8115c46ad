package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.LabDevice;
import dev.netstack4j.testkit.kit.lab.LabModule;
import dev.netstack4j.testkit.kit.lab.LabPlan;
import dev.netstack4j.testkit.kit.lab.NicLab;
import dev.netstack4j.testkit.kit.lab.Received.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One trial of a driver: its lab, and steps that several rules take.
final class NicCase {
    final NicDriverSubject subject;
    final Trial trial;
    final NicLab lab;
    private final LabPlan.@Nullable Assembled assembled;

    private NicCase(NicDriverSubject subject, Trial trial, NicLab lab, LabPlan.@Nullable Assembled assembled) {
        this.subject = subject;
        this.trial = trial;
        this.lab = lab;
        this.assembled = assembled;
        trial.atEnd(lab::close);
    }

    /// The stack of a PCI driver, before its device is plugged in. Ended by the trial.
    static LabPlan.Assembled unplugged(NicDriverSubject subject, Trial trial) throws Exception {
        return plan(subject).assemble(subject.newRuntime(trial.seed()), trial);
    }

    private static LabPlan plan(NicDriverSubject s) {
        StackModule driver = s.driver();
        if (driver == null) {
            throw new IllegalStateException(s + " has no bus");
        }
        return new LabPlan(driver, s.others(), s.bus(), s.model(), s.options());
    }

    /// Plugs the device of an assembled stack in.
    static NicCase around(NicDriverSubject subject, Trial trial, LabPlan.Assembled made) throws Exception {
        return new NicCase(subject, trial, made.plug(), made);
    }

    /// The device is plugged in and down.
    static NicCase down(NicDriverSubject subject, Trial trial) throws Exception {
        NicDriverSubject.SoftwareDevice software = subject.software();
        if (software == null) {
            LabPlan.Assembled made = unplugged(subject, trial);
            return new NicCase(subject, trial, made.plug(), made);
        }
        StackRuntime runtime = subject.newRuntime(trial.seed());
        List<StackModule> modules = new ArrayList<>(subject.others());
        modules.add(new LabModule(List.of()));
        Stack stack = LabPlan.stack(runtime, modules);
        LabDevice device = new LabDevice(stack, trial);
        NicLab lab = new NicLab(stack, device);
        lab.locked(() -> device.made(software.make(new ServicesOf(device), device.wire())));
        return new NicCase(subject, trial, lab, null);
    }

    private record ServicesOf(LabDevice device) implements NicDriverSubject.Services {
        @Override
        public <T> T get(Class<T> type) {
            return type.cast(device.service(type));
        }
    }

    /// The device is plugged in and up.
    static NicCase up(NicDriverSubject subject, Trial trial) throws Exception {
        NicCase c = down(subject, trial);
        c.lab.up();
        return c;
    }

    /// A second device of the same driver in the same stack, up.
    NicLab another() throws Exception {
        LabPlan.Assembled made = assembled;
        if (made == null) {
            throw trial.unjudged("a device in software is made once");
        }
        NicLab second = made.plugAnother();
        second.up();
        return second;
    }

    // ---- what it is

    boolean can(NicAbility ability) {
        return subject.can(ability);
    }

    void needs(NicAbility ability) {
        trial.assume(can(ability), "the subject does not declare " + ability);
    }

    void needsBus() {
        trial.assume(subject.software() == null, "a device in software has no bus");
    }

    MacAddress mac() {
        return lab.device().macAddress();
    }

    boolean has(long feature) {
        return lab.device().hasFeature(feature);
    }

    boolean gathers() {
        return has(DeviceFeatures.SG);
    }

    int most() {
        return lab.device().mtu() + Frames.HEADER;
    }

    // ---- frames

    /// Frames to be sent, numbered, of random lengths.
    List<byte[]> outbound(int count, int least, int most) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Frames.numbered(outbound(trial.random().nextInt(least, most + 1)), i));
        }
        return all;
    }

    byte[] outbound(int bytes) {
        return Frames.frame(Frames.PEER, mac(), Frames.TYPE, bytes, trial.random());
    }

    /// Frames to the device, numbered, of random lengths.
    List<byte[]> inbound(int count, int least, int most) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Frames.numbered(inbound(trial.random().nextInt(least, most + 1)), i));
        }
        return all;
    }

    byte[] inbound(int bytes) {
        return Frames.frame(mac(), bytes, trial.random());
    }

    /// Waits until that many frames have come out of the device, and a moment longer; compares them.
    void expectSent(List<byte[]> wanted, String what) {
        lab.until(() -> lab.wire().sentCount() >= wanted.size());
        lab.settle();
        String difference = Frames.difference(wanted, lab.wire().takeSent());
        trial.check(difference.isEmpty(), what + ": " + difference);
    }

    /// Sends frames to the device and waits until they were handed up; compares them.
    void expectReceived(List<byte[]> wanted, String what) {
        wanted.forEach(lab.wire()::send);
        lab.until(() -> lab.received().count() >= wanted.size());
        lab.settle();
        String difference = Frames.difference(wanted, framesOf(lab.received().takeAll()));
        trial.check(difference.isEmpty(), what + ": " + difference);
    }

    static List<byte[]> framesOf(List<Packet> packets) {
        return packets.stream().map(Packet::frame).toList();
    }

    /// One frame each way passes.
    void works(String when) {
        byte[] out = outbound(200);
        lab.sendAll(List.of(out));
        expectSent(List.of(out), when);
        expectReceived(List.of(inbound(200)), when);
    }

    /// Whether a frame is handed up.
    boolean takes(byte[] frame) {
        lab.received().takeAll();
        lab.wire().send(frame);
        lab.settle();
        return lab.received().takeAll().stream().anyMatch(p -> Arrays.equals(p.frame(), frame));
    }

    int live() {
        return lab.stack().packets().live();
    }

    /// Nobody holds a packet and the ledger balances.
    void expectNoPackets(String when) {
        trial.checkEqual(0, live(), "packets " + when);
        trial.check(lab.stack().packets().isBalanced(), "the ledger does not balance " + when);
    }
}
