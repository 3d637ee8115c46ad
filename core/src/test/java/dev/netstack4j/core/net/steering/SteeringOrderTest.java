package dev.netstack4j.core.net.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.buffer.PacketLedger;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.runtime.HostRuntime;
import dev.netstack4j.core.runtime.SteppedRuntime;
import dev.netstack4j.core.statistics.CounterTable;
import dev.netstack4j.core.statistics.SysctlTable;
import java.lang.foreign.Arena;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A flow changes its CPU when nothing of it waits on the old one any more, and not before.
class SteeringOrderTest {
    private static final int CPUS = 2;
    private static final int HASH = 0x1234_5670;

    private final SteppedRuntime runtime = new SteppedRuntime(1);
    private final HostRuntime host = runtime.newHost("steering", CPUS);
    private final PacketLedger ledger = new PacketLedger(CPUS);
    private final SkBuffPool pool =
            new SkBuffPool(new PhysicalMemory(Arena.ofAuto().allocate(1 << 20, 65536), 0), CPUS, ledger);
    private final SysctlTable sysctls = new SysctlTable(host.controlLock(), Map.of());
    private final SockFlowTable readers = new SockFlowTable(host.cpus(), sysctls);
    private final Steering steering = new Steering(
            host.cpus(),
            host.sync(),
            readers,
            new FlowHash(host.random()),
            sysctls,
            new CounterTable(host.controlLock(), CPUS),
            ledger);
    private final NetDevice device = mock(NetDevice.class);
    private final Cpu cpu = host.cpus().enter();

    SteeringOrderTest() {
        when(device.ifIndex()).thenReturn(3);
        sysctls.find("net.core.rps_sock_flow_entries").set(64);
        steering.set(3, 0, new QueueSteering(0b01, 64));
    }

    @AfterEach
    void nothingIsLeft() {
        for (int c = 0; c < CPUS; c++) {
            goUp(c);
        }
        host.cpus().leave(cpu);
        assertEquals(0, pool.live());
        runtime.close();
    }

    private void receive() {
        SkBuff skb = pool.alloc(100, cpu);
        assertNotNull(skb);
        skb.dev(device);
        skb.hash(HASH, true);
        assertTrue(steering.takes(skb, cpu));
    }

    /// What waits for a CPU goes up there.
    private int goUp(int cpuId) {
        int n = 0;
        for (SkBuff skb = steering.poll(cpuId); skb != null; skb = steering.poll(cpuId)) {
            skb.consume(ledger.consume("TEST", "gone up"), cpu);
            n++;
        }
        steering.done(cpuId, n);
        return n;
    }

    @Test
    @Mechanism("G18")
    void aReaderElsewhereMovesAFlowOnlyWhenTheOldCpuIsDoneWithIt() {
        receive();
        readers.record(HASH, 1);
        receive();
        assertFalse(steering.hasPackets(1), "it would overtake the first one");
        assertEquals(2, goUp(0));
        receive();
        assertTrue(steering.hasPackets(1), "now it follows its reader");
        readers.record(HASH, 0);
        receive();
        assertFalse(steering.hasPackets(0), "and the same on the way back");
        assertEquals(2, goUp(1));
        receive();
        assertEquals(1, goUp(0));
    }

    @Test
    void aPacketThatWasPolledButHasNotGoneUpHoldsItsFlow() {
        receive();
        SkBuff polled = steering.poll(0);
        assertNotNull(polled);
        readers.record(HASH, 1);
        receive();
        assertFalse(steering.hasPackets(1));
        polled.consume(ledger.consume("TEST", "gone up"), cpu);
        steering.done(0, 1);
    }
}
