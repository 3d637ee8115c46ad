package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxQueue;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.ArrayList;
import java.util.List;
import org.mockito.Mockito;

/// One device on a bus of mocks, with its driver: everything that a test of the driver looks at.
final class Rig {
    final TestHost host = new TestHost();
    final TestDma dma = new TestDma(host.pool().memory());
    final TestRegisters registers = new TestRegisters();
    final Silicon silicon = new Silicon(registers, host.pool().memory());
    final PciDevice pdev = mock(PciDevice.class);
    final IrqVectors vectors = mock(IrqVectors.class);
    final Irq irq = mock(Irq.class);
    final NetDevices netDevices = mock(NetDevices.class);
    final NetDevice device = mock(NetDevice.class);
    final TxQueue queue = mock(TxQueue.class);
    final Napi napi = mock(Napi.class);
    final Cpus cpus = mock(Cpus.class);
    final DeviceConfig config = new DeviceConfig();
    final SkBuffQueue received = new SkBuffQueue();
    final List<Runnable> work = new ArrayList<>();
    final E1000Driver driver;
    NetDeviceOps ops;
    NapiPoll poll;
    IrqHandler handler;
    boolean stopped = true;
    boolean carrier;
    int wakes;

    Rig() throws NetException {
        when(pdev.address()).thenReturn("0000:00:04.0");
        when(pdev.mapBar(0)).thenReturn(registers);
        when(pdev.dma()).thenReturn(dma);
        when(pdev.allocIrqVectors(anyInt(), anyInt(), any())).thenReturn(vectors);
        when(vectors.irqs()).thenReturn(List.of(irq));
        when(vectors.kind()).thenReturn(IrqKind.MSI);
        doAnswer(i -> handler = i.getArgument(1)).when(irq).request(anyString(), any(), anyBoolean());
        when(netDevices.alloc(anyString(), any())).thenAnswer(i -> {
            ops = i.getArgument(1);
            return device;
        });
        when(cpus.enter()).thenReturn(host.cpu());
        prepareDevice();
        prepareNapi();
        WorkQueue queueOfWork = (name, item) -> work.add(item);
        driver = new E1000Driver(
                netDevices, queueOfWork, mock(ControlLock.class), cpus, host.timers(), host.pool(), host.ledger());
    }

    private void prepareDevice() {
        when(device.name()).thenReturn("eth0");
        when(device.config()).thenReturn(config);
        when(device.mtu()).thenAnswer(i -> config.mtu());
        when(device.macAddress()).thenAnswer(i -> config.macAddress());
        when(device.hasFeature(Mockito.anyLong()))
                .thenAnswer(i -> (config.features() & (long) i.getArgument(0)) == (long) i.getArgument(0));
        when(device.txQueue(0)).thenReturn(queue);
        doAnswer(i -> carrier = i.getArgument(0)).when(device).carrier(anyBoolean());
        when(device.hasCarrier()).thenAnswer(i -> carrier);
        when(device.addNapi(anyString(), any(), anyInt())).thenAnswer(i -> {
            poll = i.getArgument(1);
            return napi;
        });
        doAnswer(i -> stopped = false).when(queue).start();
        doAnswer(i -> stopped = true).when(queue).stop();
        doAnswer(i -> {
                    stopped = false;
                    return wakes++;
                })
                .when(queue)
                .wake(any());
        when(queue.isStopped()).thenAnswer(i -> stopped);
    }

    private void prepareNapi() {
        doAnswer(i -> {
                    received.addTail(i.getArgument(0));
                    return null;
                })
                .when(napi)
                .receive(any(), any());
        doAnswer(i -> {
                    SkBuff skb = i.getArgument(0);
                    skb.consume(host.ledger().consume("TX_DONE", "sent"), i.getArgument(2));
                    return null;
                })
                .when(napi)
                .consumeSent(any(), anyInt(), any());
        when(napi.complete(anyInt(), any())).thenReturn(true);
        when(napi.schedule(any())).thenReturn(true);
    }

    Cpu cpu() {
        return host.cpu();
    }

    Rig probe(String... options) throws NetException {
        Options.Builder b = E1000Options.SCHEMA.values();
        for (String pair : options) {
            b.set(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        driver.probe(pdev, PciId.of(0x8086, 0x100E), b.build());
        return this;
    }

    Rig open() throws NetException {
        ops.open();
        return this;
    }

    int poll(int budget) {
        return poll.poll(napi, budget, cpu());
    }

    SkBuff frame(int length, int seed) {
        byte[] bytes = bytes(length, seed);
        return host.packet(bytes);
    }

    static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + seed);
        }
        return bytes;
    }

    void freeReceived() {
        received.consumeAll(host.ledger().consume("TEST", "looked at"), cpu());
    }

    /// Nothing is held any more: no mapping, no ring, no packet.
    void assertNothingHeld() {
        freeReceived();
        assertTrue(dma.isEmpty(), "mappings " + dma.mapped + ", rings " + dma.coherent);
        host.assertNoLeak();
    }

    void assertTrace(String... expected) {
        assertEquals(List.of(expected), registers.trace);
    }
}
