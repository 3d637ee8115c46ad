package dev.netstack4j.bus.qemu.qtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolTest {
    private static String text(ByteBuffer b) {
        return StandardCharsets.US_ASCII.decode(b).toString();
    }

    @Test
    void commandsAreLinesWithNumbersInHexadecimal() {
        Command c = new Command();
        assertEquals("readl 0x0\n", text(c.read(Width.LONG, 0)));
        assertEquals("inb 0x1f\n", text(c.read(Width.IO_BYTE, 0x1F)), "five bits are two digits");
        assertEquals("writew 0x100000000 0x10\n", text(c.write(Width.WORD, 1L << 32, 0x10)));
        assertEquals("outl 0xcf8 0xffffffff\n", text(c.write(Width.IO_LONG, 0xCF8, -1)));
    }

    @Test
    void repliesAreSortedFromInterruptsWhereverTheyAreCut() {
        List<String> told = new ArrayList<>();
        ReplyReader reader = new ReplyReader(new ReplyReader.Sink() {
            @Override
            public void answered(long value) {
                told.add("answer " + Long.toHexString(value));
            }

            @Override
            public void refused(String why) {
                told.add("refused " + why);
            }

            @Override
            public void pin(int number, boolean high) {
                told.add("pin " + number + " " + high);
            }
        });
        String said = "OK\nIRQ raise 20\nOK 0x00000000deadbeef\nIRQ lower 9\nFAIL Unknown command\n";
        for (int i = 0; i < said.length(); i += 3) {
            String part = said.substring(i, Math.min(i + 3, said.length()));
            reader.take(ByteBuffer.wrap(part.getBytes(StandardCharsets.US_ASCII)));
        }
        assertEquals(
                List.of("answer 0", "pin 20 true", "answer deadbeef", "pin 9 false", "refused FAIL Unknown command"),
                told);
    }
}
