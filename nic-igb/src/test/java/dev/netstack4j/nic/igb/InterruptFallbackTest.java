package dev.netstack4j.nic.igb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which vectors the driver asks for, and what it gives back when they are refused.
class InterruptFallbackTest {
    private static final NetException REFUSED = new NetException(Errno.ENODEV, "grant vectors");

    private final PciDevice pdev = mock(PciDevice.class);
    private final NetDevice device = mock(NetDevice.class);
    private final List<Napi> napis = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final QueueVectors vectors = new QueueVectors(pdev, 2);

    @BeforeEach
    void serve() {
        when(device.addNapi(anyString(), any(), anyInt())).thenAnswer(i -> {
            Napi napi = mock(Napi.class);
            napis.add(napi);
            return napi;
        });
        vectors.serve(device, (queue, napi, budget, cpu) -> 0, numbers::add);
    }

    private static IrqVectors granted(IrqKind kind, int count) {
        IrqVectors v = mock(IrqVectors.class);
        List<Irq> irqs =
                IntStream.range(0, count).mapToObj(i -> mock(Irq.class)).toList();
        when(v.kind()).thenReturn(kind);
        when(v.irqs()).thenReturn(irqs);
        return v;
    }

    @Test
    @Mechanism({"H8", "H11"})
    void eachQueuePairGetsAVectorOfItsOwnAndOneMoreServesAllElse() throws NetException {
        IrqVectors msix = granted(IrqKind.MSI_X, 5);
        when(pdev.allocIrqVectors(2, 5, List.of(IrqKind.MSI_X))).thenReturn(msix);
        vectors.ensure(4);
        assertTrue(vectors.isMultiple());
        assertEquals(4, napis.size());
        assertEquals(List.of(4), numbers);
        assertEquals(msix.irqs().get(0), vectors.scheme().other());
        assertEquals(msix.irqs().get(3), vectors.scheme().irqOf(2));
        verify(msix.irqs().get(4)).affinity(1);
    }

    @Test
    void fewerVectorsMeanFewerQueuePairs() throws NetException {
        IrqVectors msix = granted(IrqKind.MSI_X, 3);
        when(pdev.allocIrqVectors(2, 9, List.of(IrqKind.MSI_X))).thenReturn(msix);
        vectors.ensure(8);
        assertEquals(2, vectors.queues());
        assertEquals(List.of(2), numbers);
    }

    @Test
    @Mechanism("H8")
    void whenAGrantedKindCannotBeRequestedAllOfItIsFreedBeforeTheNextIsAskedFor() throws NetException {
        IrqVectors msix = granted(IrqKind.MSI_X, 5);
        IrqVectors msi = granted(IrqKind.MSI, 1);
        IrqVectors line = granted(IrqKind.INTX, 1);
        when(pdev.allocIrqVectors(2, 5, List.of(IrqKind.MSI_X))).thenReturn(msix);
        when(pdev.allocIrqVectors(1, 1, List.of(IrqKind.MSI, IrqKind.INTX))).thenAnswer(i -> {
            verify(msix).free();
            for (Napi n : napis) {
                verify(n).remove();
            }
            return msi;
        });
        when(pdev.allocIrqVectors(1, 1, List.of(IrqKind.INTX))).thenAnswer(i -> {
            verify(msi).free();
            return line;
        });
        vectors.ensure(4);
        vectors.fallBack(new IrqRefused(REFUSED));
        assertFalse(vectors.isMultiple());
        assertEquals(1, vectors.queues());
        assertEquals(IrqKind.MSI, vectors.scheme().kind());
        vectors.fallBack(new IrqRefused(REFUSED));
        assertEquals(IrqKind.INTX, vectors.scheme().kind());
        verify(line, never()).free();
        IrqVectors again = granted(IrqKind.MSI_X, 5);
        when(pdev.allocIrqVectors(2, 5, List.of(IrqKind.MSI_X))).thenReturn(again);
        NetException e = assertThrows(NetException.class, () -> vectors.fallBack(new IrqRefused(REFUSED)));
        assertEquals(REFUSED, e);
        verify(line).free();
        assertTrue(vectors.isMultiple(), "the next opening begins with the best again");
        vectors.release();
        verify(again).free();
        assertEquals(List.of(4, 1, 1, 4), numbers);
        for (Napi n : napis) {
            verify(n).remove();
        }
    }
}
