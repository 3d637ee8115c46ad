package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.HookState;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.NetfilterHook;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notes which points packets pass, and asks the hooks that the test added (ACCEPT, DROP and STOLEN only).
public final class FakeNetfilter implements Netfilter {
    private static final int MOST_NOTES = 1000;

    private final DropReason dropped;
    private final List<HookPoint> passed = new ArrayList<>();
    private final List<Added> hooks = new ArrayList<>();

    /// Declares its drop reason.
    public FakeNetfilter(PacketReasons reasons) {
        dropped = reasons.drop("NETFILTER_DROP", "a netfilter hook said DROP");
    }

    /// The points that packets passed, in order; the first thousand.
    public List<HookPoint> passed() {
        return passed;
    }

    @Override
    public int hook(
            HookPoint point,
            AddressFamily family,
            SkBuff skb,
            @Nullable NetDevice in,
            @Nullable NetDevice out,
            Continuation then,
            Cpu cpu) {
        if (passed.size() < MOST_NOTES) {
            passed.add(point);
        }
        for (int i = 0; i < hooks.size(); i++) {
            Added a = hooks.get(i);
            if (a.point == point) {
                Verdict v = a.hook.judge(skb, new State(point, family, in, out), cpu);
                if (v == Verdict.DROP) {
                    skb.drop(dropped, cpu);
                    return Errno.EPERM.negative();
                }
                if (v == Verdict.STOLEN) {
                    return 0;
                }
            }
        }
        return then.resume(skb, cpu);
    }

    @Override
    public Registration add(HookPoint point, AddressFamily family, int priority, NetfilterHook hook, String owner) {
        Added added = new Added(point, hook);
        hooks.add(added);
        return () -> hooks.remove(added);
    }

    @Override
    public void queueHandler(@Nullable QueueHandler handler) {}

    private record Added(HookPoint point, NetfilterHook hook) {}

    private record State(
            HookPoint point,
            AddressFamily family,
            @Nullable NetDevice in,
            @Nullable NetDevice out) implements HookState {}
}
