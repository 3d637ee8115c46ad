package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.kit.Trial;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// A stack in virtual time with the subject's sockets: loopback, and the kit's device.
final class SocketHost {
    static final long MILLISECOND = 1_000_000L;
    static final long TEN_MINUTES = 600_000 * MILLISECOND;

    private static final String IPV4 = "proto-ipv4";
    private static final int MEMORY_BYTES = 4 << 20;
    private static final long REST = 100 * MILLISECOND;

    final SocketSubject subject;
    final Trial trial;
    final Stack stack;
    final VirtualRuntime runtime;
    final ProtoOps ops;
    final KitDevice device;
    private final Cpus cpus;
    private final SockFactory factory;
    private final int protocol;
    private boolean hasIpv4;

    SocketHost(SocketSubject subject, Trial trial) throws Exception {
        this.subject = subject;
        this.trial = trial;
        runtime = StackFactory.find().virtualTime(trial.seed());
        trial.atEnd(runtime::close);
        OpsModule module = new OpsModule(subject);
        stack = build(module);
        trial.atEnd(stack::close);
        ops = stack.service(module.opsClass());
        cpus = stack.service(Cpus.class);
        factory = stack.service(SockFactory.class);
        protocol = module.protocol();
        device = new KitDevice(stack);
        trial.atEnd(() -> onCpu(device::letGo));
        if (hasIpv4) {
            stack.ipv4().addAddress(device.device(), IpPrefix.parse("10.0.0.1/24"));
        }
        stack.links().up(device.device());
        subject.prepare(stack);
        rest();
    }

    /// A host for a rule about an ability.
    static SocketHost with(SocketAbility ability, SocketSubject subject, Trial trial) throws Exception {
        trial.assume(subject.abilities().contains(ability), "the subject does not declare " + ability);
        return new SocketHost(subject, trial);
    }

    private Stack build(StackModule module) throws Exception {
        StackBuilder b =
                StackFactory.find().builder().name("kit").runtime(runtime).memory(MEMORY_BYTES);
        hasIpv4 = module.name().equals(IPV4);
        if (!subject.alone()) {
            for (StackModule m : ServiceLoader.load(StackModule.class)) {
                if (!m.name().equals(module.name())) {
                    b.with(m);
                    hasIpv4 |= m.name().equals(IPV4);
                }
            }
        }
        subject.settings().forEach(b::sysctl);
        return b.with(module).build();
    }

    boolean isStream() {
        return subject.type() == SocketType.STREAM;
    }

    boolean can(SocketAbility ability) {
        return subject.abilities().contains(ability);
    }

    void needsStream() {
        trial.assume(isStream(), "the sockets are no streams");
    }

    /// Work on a CPU in process context.
    void onCpu(Consumer<Cpu> work) {
        Cpu cpu = cpus.enter();
        try {
            work.accept(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    /// Lets a moment pass, in which what is under way arrives.
    void rest() {
        runtime.advance(REST);
    }

    /// A new socket.
    Endpoint open() {
        return new Endpoint(this, ops.create(factory.internal(subject.family(), subject.type(), protocol)));
    }

    /// A message of random length.
    byte[] message() {
        return message(trial.random().nextInt(1, subject.mostBytes() + 1));
    }

    byte[] message(int bytes) {
        return subject.message(trial.random(), bytes);
    }

    /// Everything was freed, and the books balance.
    void checkNothingLeft(String when) {
        runtime.advance(TEN_MINUTES);
        trial.checkEqual(0, stack.packets().live(), "packets alive " + when);
        trial.check(stack.packets().isBalanced(), "the ledger does not balance " + when);
    }
}
