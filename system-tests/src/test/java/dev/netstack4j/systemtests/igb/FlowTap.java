package dev.netstack4j.systemtests.igb;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.stack.Stack;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Notes of each flow of UDP datagrams into a host, by source port: receive queues, CPUs, and whether the numbers that
/// its datagrams begin with are in order.
final class FlowTap implements PacketHandler, AutoCloseable {
    private static final int UDP = 17;

    final Map<Integer, Set<Integer>> queues = new TreeMap<>();
    final Map<Integer, Set<Integer>> cpus = new TreeMap<>();
    final Map<Integer, Integer> packets = new TreeMap<>();
    int disorder;
    int withoutHash;
    private final Map<Integer, Integer> last = new TreeMap<>();
    private final ConsumeReason seen;
    private final Registration registration;

    FlowTap(Stack stack) throws NetException {
        seen = stack.packets().ledger().consume("FLOW_TAP", "looked at by a test");
        registration = stack.service(PacketTypes.class).add(EtherType.ALL, stack.device("eth0"), this, "flows");
    }

    @Override
    public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
        int ip = skb.macHeader() + 14;
        if (skb.kind() != PacketKind.OUTGOING && skb.protocol() == EtherType.IPV4 && skb.get8(ip + 9) == UDP) {
            note(skb, ip, cpu);
        }
        skb.consume(seen, cpu);
    }

    private void note(SkBuff skb, int ip, Cpu cpu) {
        int udp = ip + (skb.get8(ip) & 15) * 4;
        int flow = skb.get16(udp);
        int number = skb.get32(udp + 8);
        queues.computeIfAbsent(flow, f -> new TreeSet<>()).add(skb.queueMapping());
        cpus.computeIfAbsent(flow, f -> new TreeSet<>()).add(cpu.id());
        packets.merge(flow, 1, Integer::sum);
        disorder += last.getOrDefault(flow, -1) + 1 == number ? 0 : 1;
        last.put(flow, number);
        withoutHash += skb.hash() != 0 && skb.hashIsL4() ? 0 : 1;
    }

    @Override
    public void close() {
        registration.close();
    }
}
