package com.example.rival;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;

/// A second owner of IPv4's EtherType.
public final class RivalModule implements StackModule {
    @Override
    public String name() {
        return "example-rival";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.packetType(0x0800, Handler.class);
    }

    static final class Handler implements PacketHandler {
        private final PacketReasons reasons;

        @Inject
        Handler(PacketReasons reasons) {
            this.reasons = reasons;
        }

        @Override
        public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
            skb.drop(reasons.drop("RIVAL", "never reached"), cpu);
        }
    }
}
