package dev.netstack4j.systemtests.containment;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;

/// A module all of whose parts throw.
final class FaultyModule implements StackModule {
    static final int ETHER_TYPE = 0x88B5;
    static final int PROTOCOL = 253;
    static final String QDISC = "faulty";
    static final String REASON = "HANDLER_FAILED_TEST_FAULTY";

    @Override
    public String name() {
        return "test-faulty";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.service(Faults.class, Faults.class);
        c.packetType(ETHER_TYPE, Handler.class);
        c.netProtocol(AddressFamily.INET, PROTOCOL, Protocol.class);
        c.qdisc(QDISC, OptionSchema.NONE, QdiscKind.class);
    }

    /// What the parts of one stack are to do; a service, so that tests reach it.
    static final class Faults {
        Fault fault = Fault.RUNTIME;
        boolean inEarlyDemux;
        boolean inDequeue;
        int struck;
        final ConsumeReason freed;

        @Inject
        Faults(PacketReasons reasons) {
            freed = reasons.consume("FAULTY_FREED", "freed before the fault");
        }

        void strike(SkBuff skb, Cpu cpu) {
            struck++;
            fault.strike(skb, freed, cpu);
        }
    }

    static final class Handler implements PacketHandler {
        final Faults faults;

        @Inject
        Handler(Faults faults) {
            this.faults = faults;
        }

        @Override
        public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
            faults.strike(skb, cpu);
        }
    }

    static final class Protocol implements NetProtocol {
        final Faults faults;

        @Inject
        Protocol(Faults faults) {
            this.faults = faults;
        }

        @Override
        public void receive(SkBuff skb, Cpu cpu) {
            faults.strike(skb, cpu);
        }

        @Override
        public void earlyDemux(SkBuff skb, Cpu cpu) {
            if (faults.inEarlyDemux) {
                faults.struck++;
                faults.fault.strike();
            }
        }

        @Override
        public void error(SkBuff quoted, InetError error, Cpu cpu) {
            faults.struck++;
            faults.fault.strike();
        }
    }

    static final class QdiscKind implements QdiscOps {
        final Faults faults;

        @Inject
        QdiscKind(Faults faults) {
            this.faults = faults;
        }

        @Override
        public Qdisc create(QdiscContext context, Options options) {
            return new FaultyQdisc(faults);
        }
    }

    /// A FIFO that throws on every third call.
    private static final class FaultyQdisc implements Qdisc {
        private final Faults faults;
        private final SkBuffQueue held = new SkBuffQueue();
        private int calls;

        FaultyQdisc(Faults faults) {
            this.faults = faults;
        }

        @Override
        public int enqueue(SkBuff skb, Cpu cpu) {
            if (!faults.inDequeue && ++calls % 3 == 0) {
                faults.strike(skb, cpu);
            }
            held.addTail(skb);
            return XmitResult.SUCCESS;
        }

        @Override
        public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
            SkBuff skb = held.poll();
            if (faults.inDequeue && ++calls % 3 == 0 && skb != null) {
                into.addTail(skb);
                faults.struck++;
                faults.fault.strike();
            }
            if (skb == null) {
                return 0;
            }
            into.addTail(skb);
            return 1;
        }

        @Override
        public int length() {
            return held.length();
        }

        @Override
        public long backlogBytes() {
            return held.length() * 100L;
        }

        @Override
        public void reset(Cpu cpu) {
            held.consumeAll(faults.freed, cpu);
        }
    }
}
