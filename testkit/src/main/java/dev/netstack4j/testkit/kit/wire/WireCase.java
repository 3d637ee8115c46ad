package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.LabPlan;
import dev.netstack4j.testkit.kit.lab.LabTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// One trial of a wire: both ends, in one stack; a device is at each, or only at the near one so far.
final class WireCase {
    final WireSubject subject;
    final Trial trial;
    final StackRuntime runtime;
    final Stack stack;
    final WireEnd near;
    final WireEnd far;
    /// Whether the near end was up before there was a far one.
    final boolean upAlone;

    WireCase(WireSubject subject, Trial trial, boolean attached) throws Exception {
        this.subject = subject;
        this.trial = trial;
        runtime = subject.newRuntime(trial.seed());
        stack = LabPlan.stack(runtime, List.of(subject.stackModule()));
        trial.atEnd(() -> {
            stack.close();
            runtime.close();
        });
        near = end("the near end", subject.ends().get(0));
        if (!attached) {
            near.attach();
            settle();
        }
        upAlone = near.wire.isUp();
        far = end("the far end", subject.ends().get(1));
        if (attached) {
            near.attach();
            far.attach();
            until(() -> near.wire.isUp() && far.wire.isUp());
            settle();
            near.take();
            far.take();
        }
    }

    WireEnd end(String name, Map<String, String> options) throws NetException {
        return new WireEnd(name, stack.hardware().wire(subject.kind(), options), runtime.clock(), trial);
    }

    void settle() {
        LabTime.settle(runtime);
    }

    boolean until(BooleanSupplier condition) {
        return LabTime.until(runtime, condition);
    }

    void pass(long nanos) {
        LabTime.pass(runtime, nanos);
    }

    void needs(WireAbility ability) {
        trial.assume(subject.can(ability), "the subject does not declare " + ability);
    }

    /// Numbered frames of random lengths.
    List<byte[]> frames(int count, int least, int most) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int n = trial.random().nextInt(least, most + 1);
            all.add(Frames.numbered(Frames.frame(MacAddress.BROADCAST, n, trial.random()), i));
        }
        return all;
    }

    /// Sends all, as often as the wire has room.
    void sendAll(WireEnd from, List<byte[]> frames) {
        int at = 0;
        for (int tries = 0; at < frames.size() && tries < 3000; tries++) {
            int n = from.send(frames.subList(at, Math.min(at + 32, frames.size())));
            trial.check(n >= 0 && n <= 32, "transmit says that it took " + n + " of 32 frames");
            at += n;
            if (n < 32) {
                pass(1_000_000);
            }
        }
        trial.checkEqual(frames.size(), at, "frames that the wire took");
    }

    /// What arrives is what was sent.
    void expect(WireEnd at, List<byte[]> wanted, String what) {
        until(() -> at.count() >= wanted.size());
        settle();
        String difference = Frames.difference(wanted, at.take());
        trial.check(difference.isEmpty(), what + ": " + difference);
    }

    /// A frame each way passes.
    void works(String when) {
        List<byte[]> one = frames(1, 100, 200);
        sendAll(near, one);
        expect(far, one, when);
        sendAll(far, one);
        expect(near, one, when);
    }
}
