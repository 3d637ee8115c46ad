package dev.netstack4j.bus.emulated.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class FaultyLinkTest {
    private final Wire wire = mock(Wire.class);
    private final WireReceiver device = mock(WireReceiver.class);
    private final FrameBatch frames = new FrameBatch(4, 4);
    private final FaultyLink link = new FaultyLink(wire);
    private WireReceiver seenByTheWire = device;

    @BeforeEach
    void attach() {
        when(wire.isUp()).thenReturn(true);
        link.attach(device);
        ArgumentCaptor<WireReceiver> attached = ArgumentCaptor.forClass(WireReceiver.class);
        verify(wire).attach(attached.capture());
        seenByTheWire = attached.getValue();
    }

    @Test
    void withoutContactNothingPassesEitherWay() {
        link.cut(true);
        verify(device).linkChanged(false);
        assertFalse(link.isUp());
        assertEquals(frames.size(), seenByTheWire.receive(frames));
        assertEquals(frames.size(), link.transmit(frames));
        verify(device, never()).receive(any());
        verify(wire, never()).transmit(any());
    }

    @Test
    void whatHappensBeyondALostContactIsNotSeen() {
        link.cut(true);
        seenByTheWire.linkChanged(false);
        seenByTheWire.linkChanged(true);
        verify(device, never()).linkChanged(true);
        link.cut(false);
        verify(device).linkChanged(true);
        assertTrue(link.isUp());
    }

    @Test
    void aWireThatIsDownStaysDownWhenTheContactIsBack() {
        link.cut(true);
        when(wire.isUp()).thenReturn(false);
        link.cut(false);
        assertFalse(link.isUp());
        verify(device, never()).linkChanged(true);
    }

    @Test
    void withContactTheDeviceSeesTheWire() {
        when(device.receive(frames)).thenReturn(frames.size());
        assertEquals(frames.size(), seenByTheWire.receive(frames));
        verify(device).receive(frames);
        seenByTheWire.linkChanged(false);
        verify(device).linkChanged(anyBoolean());
        seenByTheWire.resume();
        verify(device).resume();
    }
}
