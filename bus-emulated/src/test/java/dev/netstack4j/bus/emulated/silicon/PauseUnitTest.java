package dev.netstack4j.bus.emulated.silicon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.testkit.fake.FakeSync;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class PauseUnitTest {
    private static final int QUANTA_AT = 16;
    private static final int LAST_REGISTER = 0x5800;

    private final int[] file = new int[LAST_REGISTER >> 2];
    private final PauseUnit pause = new PauseUnit("test", new FakeSync(), Arena.ofAuto(), file);

    private int quantaOfNext() {
        FrameBatch b = pause.next();
        byte[] frame = new byte[b.frameLength(0)];
        b.copyFrame(0, MemorySegment.ofArray(frame), 0, frame.length);
        return (frame[QUANTA_AT] & 0xFF) << 8 | frame[QUANTA_AT + 1] & 0xFF;
    }

    @Test
    void whatIsWantedWhileTheOtherFrameLeavesIsSentAfterIt() {
        file[FamilyReg.FCTTV >> 2] = 0x1234;
        pause.wantXoff();
        assertEquals(0x1234, quantaOfNext());
        pause.wantXon(); // by the receive side, while the wire takes the frame
        assertTrue(pause.sent(), "XOFF left");
        assertTrue(pause.isWanted(), "XON is still to leave");
        assertEquals(0, quantaOfNext());
        assertFalse(pause.sent(), "XON left");
        assertFalse(pause.isWanted());
    }
}
