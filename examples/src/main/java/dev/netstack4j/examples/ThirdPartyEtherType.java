package dev.netstack4j.examples;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;

/// Lesson 2: a protocol of one's own beside IP. EtherType 0x88B5 is free for experiments; its handler answers a
/// greeting with a greeting.
public final class ThirdPartyEtherType {
    private static final int ETHER_TYPE = 0x88B5;

    private ThirdPartyEtherType() {}

    /// Prints what the first host heard.
    public static void main(String[] args) throws AssemblyException, NetException {
        try (StackRuntime runtime = StackFactory.find().realTime()) {
            System.out.println(run(runtime));
        }
    }

    static String run(StackRuntime runtime) throws AssemblyException, NetException {
        try (Stack a = Hosts.host("A", runtime, new GreetingModule());
                Stack b = Hosts.host("B", runtime, new GreetingModule())) {
            NetDevice from = Hosts.plug(a, "greetings");
            MacAddress to = Hosts.plug(b, "greetings").macAddress();
            Hosts.awaitLinks(a, b);
            a.service(Greetings.class).greet(from, to, "greetings from A");
            runtime.start("wait", () -> runtime.pause(50_000_000)).join();
            return a.service(Greetings.class).heard();
        }
    }

    /// What an application sees of the protocol.
    interface Greetings {
        /// Sends a greeting.
        void greet(NetDevice device, MacAddress to, String text);

        /// The last greeting that came.
        String heard();
    }

    /// Declares the protocol; nothing is made here.
    static final class GreetingModule implements StackModule {
        @Override
        public String name() {
            return "example-greeting";
        }

        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {
            c.packetType(ETHER_TYPE, Greeter.class);
            c.service(Greetings.class, Greeter.class);
        }
    }

    /// The protocol: one object per stack, constructed by core.
    static final class Greeter implements PacketHandler, Greetings {
        private final LinkLayer link;
        private final SkBuffPool pool;
        private final Cpus cpus;
        private final ConsumeReason done;
        private volatile String heard = "nothing";

        @Inject
        Greeter(LinkLayer link, SkBuffPool pool, Cpus cpus, PacketReasons reasons) {
            this.link = link;
            this.pool = pool;
            this.cpus = cpus;
            done = reasons.consume("GREETED", "a greeting was heard");
        }

        @Override
        public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
            byte[] text = new byte[skb.length()];
            skb.read(0, text, 0, text.length);
            heard = new String(text, StandardCharsets.US_ASCII).strip();
            MacAddress sender = MacAddress.of(EthernetHeader.source(skb, skb.macHeader()));
            skb.consume(done, cpu);
            if (!heard.startsWith("thank you")) {
                send(device, sender, "thank you for '" + heard + "'", cpu);
            }
        }

        @Override
        public void greet(NetDevice device, MacAddress to, String text) {
            Cpu cpu = cpus.enter();
            try {
                send(device, to, text, cpu);
            } finally {
                cpus.leave(cpu);
            }
        }

        private void send(NetDevice device, MacAddress to, String text, Cpu cpu) {
            byte[] bytes = String.format("%-46s", text).getBytes(StandardCharsets.US_ASCII);
            SkBuff skb = pool.alloc(EthernetHeader.LENGTH + bytes.length, cpu);
            if (skb == null) {
                return;
            }
            skb.reserve(EthernetHeader.LENGTH);
            skb.write(skb.put(bytes.length), bytes, 0, bytes.length);
            skb.resetNetworkHeader();
            EthernetHeader.write(
                    skb,
                    skb.push(EthernetHeader.LENGTH),
                    to.bits(),
                    device.macAddress().bits(),
                    ETHER_TYPE);
            skb.resetMacHeader();
            skb.protocol(ETHER_TYPE);
            skb.dev(device);
            link.devQueueXmit(skb, cpu);
        }

        @Override
        public String heard() {
            return heard;
        }
    }
}
