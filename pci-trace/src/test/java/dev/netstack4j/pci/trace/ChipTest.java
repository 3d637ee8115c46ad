package dev.netstack4j.pci.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.hardware.PciId;
import org.junit.jupiter.api.Test;

/// The words of the chips.
class ChipTest {
    private static Chip chip(int device) throws Exception {
        return Chips.of(PciId.of(0x8086, device, 0x8086, 1));
    }

    private static String text(Layout layout, long word0, long word1) {
        assertNotNull(layout);
        return layout.print(word0, word1);
    }

    @Test
    void registersAreNamedWithTheFieldsThatAreSet() throws Exception {
        Register rctl = chip(0x10C9).register(0x100);
        assertEquals("RCTL", rctl.name());
        assertEquals("4008002 EN BAM SECRC", rctl.value(0x0400_8002));
        assertEquals("RDT3", chip(0x10C9).register(0xC0D8).name());
        assertEquals("MTA5", chip(0x100E).register(0x5214).name());
        assertEquals("+3fc", chip(0x100E).register(0x3FC).name());
    }

    @Test
    void whatIsNeverTheSameIsMarked() throws Exception {
        assertEquals("@12340", chip(0x100E).register(0x2800).value(0x12340));
        assertEquals("#7", chip(0x100E).register(0x4074).value(7));
        assertEquals("~ab", chip(0x10C9).register(0x5C80).value(0xAB));
    }

    @Test
    void descriptorsAreReadByTheirKind() throws Exception {
        Chip e1000 = chip(0x100E);
        long data = 0x2B10_0040L;
        assertEquals("data buf:@1000 len:40 EOP IFCS RS", text(e1000.posted(true, 0x1000, data), 0x1000, data));
        long context = 0x2100_0000L;
        assertEquals(
                "context TUCSS:22 TUCSO:32 TCP",
                text(e1000.posted(true, 0x3222L << 32, context), 0x3222L << 32, context));
        assertEquals("buf:@2000", text(e1000.posted(false, 0x2000, 0), 0x2000, 0));
        Chip igb = chip(0x10C9);
        long advanced = 0x2B30_0062L | 0x62L << 46;
        assertEquals(
                "data buf:@1000 len:62 EOP IFCS RS PAYLEN:62",
                text(igb.posted(true, 0x1000, advanced), 0x1000, advanced));
    }

    @Test
    void whatTheChipHasNotWrittenBackIsNotRead() throws Exception {
        Chip igb = chip(0x10C9);
        assertNull(igb.back(false, 0x2000, 0));
        assertEquals("DD len:3c EOP", text(igb.back(false, 0, 0x3CL << 32 | 3), 0, 0x3CL << 32 | 3));
    }

    @Test
    void aChipThatNobodyHasDescribedHasNoNames() throws Exception {
        Chip unknown = Chips.of(PciId.of(0x1AF4, 0x1000));
        assertEquals("unknown", unknown.name());
        assertEquals("+10", unknown.register(0x10).name());
        assertTrue(unknown.rings().isEmpty());
    }

    @Test
    void aLineThatCannotBeReadIsNamed() {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> new ChipReader("x").read("reg 00 CTRL\nregister 04"));
        assertTrue(String.valueOf(e.getMessage()).contains("register 04"), e.getMessage());
    }
}
