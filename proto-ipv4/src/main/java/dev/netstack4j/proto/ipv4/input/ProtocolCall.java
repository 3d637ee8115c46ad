package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.protocol.InetPolicy;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Calls a protocol and survives its failure: a packet that it has neither ended nor passed on is dropped, with a
/// reason that names the protocol's module. Policies are asked before, unless the protocol asks them itself.
public final class ProtocolCall {
    private static final System.Logger LOG = System.getLogger(ProtocolCall.class.getName());
    private static final InetPolicy[] NO_POLICIES = {};
    private static final int PROTOCOLS = 256;

    private final PacketReasons declare;
    private final IpReasons reasons;
    private final SpinLock lock;
    private final @Nullable DropReason[] failed = new @Nullable DropReason[PROTOCOLS];
    private volatile InetPolicy[] policies = NO_POLICIES;

    /// Without policies.
    @Inject
    public ProtocolCall(PacketReasons declare, Sync sync, IpReasons reasons) {
        this.declare = declare;
        this.reasons = reasons;
        lock = sync.spinLock("ipv4-failed-protocols");
    }

    /// Sets who is asked before delivery.
    void policies(InetPolicy[] asked) {
        policies = asked;
    }

    /// Hands a packet to a protocol; takes the skb.
    void receive(NetProtocol protocol, int number, SkBuff skb, Cpu cpu) {
        InetPolicy[] asked = policies;
        if (asked.length > 0 && !protocol.noPolicy() && !admits(asked, skb, number, cpu)) {
            skb.drop(reasons.policy, cpu);
            return;
        }
        int handovers = skb.handovers();
        try {
            protocol.receive(skb, cpu);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            failed(protocol, number, skb, handovers, e, cpu);
        }
    }

    private static boolean admits(InetPolicy[] asked, SkBuff skb, int number, Cpu cpu) {
        for (InetPolicy p : asked) {
            if (!p.admits(skb, AddressFamily.INET, number, cpu)) {
                return false;
            }
        }
        return true;
    }

    /// Logs the first failure of a protocol; later ones are only counted, by the drops.
    private void failed(NetProtocol protocol, int number, SkBuff skb, int handovers, Throwable e, Cpu cpu) {
        if (failed[number] == null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "protocol " + number + " (" + moduleOf(protocol)
                            + ") failed on a packet; later failures are only counted",
                    e);
        }
        DropReason reason = reason(protocol, number);
        if (skb.isLive() && !skb.isQueued() && skb.handovers() == handovers) {
            skb.drop(reason, cpu);
        }
    }

    /// Made when a protocol first fails: reasons are declared one at a time.
    private DropReason reason(NetProtocol protocol, int number) {
        DropReason known = failed[number];
        if (known != null) {
            return known;
        }
        String module = moduleOf(protocol);
        lock.lock();
        try {
            DropReason made =
                    declare.drop("IP_PROTOCOL_FAILED_" + number, "protocol " + number + " of " + module + " threw");
            failed[number] = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    private static String moduleOf(NetProtocol protocol) {
        String module = protocol.getClass().getModule().getName();
        return module != null ? module : protocol.getClass().getPackageName();
    }
}
