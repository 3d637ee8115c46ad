package dev.netstack4j.bench.forwarding;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One host with two emulated 82576, stepped by one thread: UDP datagrams of 18 bytes come in by one and leave by the
/// other. With a driver and a stack in between, or with nothing but the turning of rings.
public final class Forwarding implements AutoCloseable {
    private static final long LINK_NANOS = 3_000_000_000L;
    private static final MacAddress BEYOND = MacAddress.of(0x0200_0000_0002L);
    private static final int FRAME = 60;

    private final StackRuntime runtime;
    private final Stack stack;
    private final Cpus cpus;
    private final FloodWire in;
    private final FloodWire out;
    private final List<BareCard> bare = new ArrayList<>();

    /// @param isBare whether the stack is left out
    public Forwarding(boolean isBare) throws Exception {
        runtime = StackFactory.find().virtualTime(1);
        StackBuilder builder = StackFactory.find()
                .builder()
                .name("router")
                .runtime(runtime)
                .sysctl("net.ipv4.ip_forward", 1)
                .discover(Forwarding.class.getClassLoader())
                .with(new Rig(isBare));
        stack = (isBare ? builder.without("nic-igb") : builder).build();
        cpus = stack.service(Cpus.class);
        in = (FloodWire) stack.hardware().wire(Rig.WIRE, Map.of());
        out = (FloodWire) stack.hardware().wire(Rig.WIRE, Map.of());
        if (isBare) {
            stack.hardware().plug("emulated", "82576", Map.of(), in);
            stack.hardware().plug("emulated", "82576", Map.of(), out);
            bare.addAll(stack.service(Rig.Bare.class).cards);
            in.frame(datagram(BEYOND));
        } else {
            NetDevice near = card(in, "10.1.0.1/24");
            NetDevice far = card(out, "10.2.0.1/24");
            in.frame(datagram(near.config().macAddress()));
            runtime.start("neighbour", () -> neighbour(far)).join();
        }
        runtime.start("link", () -> runtime.pause(LINK_NANOS)).join();
    }

    private NetDevice card(FloodWire wire, String address) throws NetException {
        NetDevice device = stack.hardware().plug("emulated", "82576", Map.of(), wire);
        stack.ipv4().addAddress(device, IpPrefix.parse(address));
        stack.links().up(device);
        return device;
    }

    private void neighbour(NetDevice device) {
        Cpu cpu = cpus.enter();
        stack.service(NeighbourTables.class)
                .table(AddressFamily.INET)
                .setPermanent(IpAddress.parse("10.2.0.2"), device, BEYOND, cpu);
        cpus.leave(cpu);
    }

    /// From 10.1.0.2 to 10.2.0.2, without a checksum of UDP.
    private static byte[] datagram(MacAddress to) {
        ByteBuffer b = ByteBuffer.allocate(FRAME);
        b.putShort((short) (to.bits() >>> 32)).putInt((int) to.bits());
        b.putShort((short) 0x0200).putInt(1).putShort((short) 0x0800);
        b.putShort((short) 0x4500)
                .putShort((short) 46)
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0);
        b.putInt(0x0A01_0002).putInt(0x0A02_0002);
        b.putShort((short) 5000).putShort((short) 9).putShort((short) 26).putShort((short) 0);
        MemorySegment bytes = MemorySegment.ofArray(b.array());
        b.putShort(24, (short) Checksum.finish(Checksum.sum(bytes, 14, 20)));
        return b.array();
    }

    /// Sends some frames through.
    ///
    /// @return nanoseconds of this thread for each
    public double nanosPerFrame(int batches) {
        double[] result = new double[1];
        runtime.start("flood", () -> result[0] = flood(batches)).join();
        return result[0];
    }

    private double flood(int batches) {
        long before = out.sent;
        long begin = System.nanoTime();
        for (int i = 0; i < batches; i++) {
            in.want();
            leaveCpu();
            if (!bare.isEmpty()) {
                bare.get(0).turn(bare.get(1));
                leaveCpu();
            }
        }
        long took = System.nanoTime() - begin;
        long moved = out.sent - before;
        if (moved != (long) batches * FloodWire.BATCH) {
            throw new IllegalStateException("of " + (long) batches * FloodWire.BATCH + " frames " + moved + " left");
        }
        return (double) took / moved;
    }

    /// Where engines run, and what they raise.
    private void leaveCpu() {
        cpus.leave(cpus.enter());
    }

    @Override
    public void close() {
        stack.close();
        runtime.close();
    }
}
