package dev.netstack4j.bus.emulated.i82576;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.bus.emulated.bench.Bytes;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The hash of receive side scaling, by the vectors that Microsoft has published for it.
class RssTest {
    private static final byte[] KEY =
            Bytes.hex("6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c" + "6a42b73bbeac01fa");
    private static final int ALL_FIELDS = 0x00B7;

    private static byte[] frame(String from, int fromPort, String to, int toPort, int protocol) throws Exception {
        byte[] source = InetAddress.getByName(from).getAddress();
        byte[] target = InetAddress.getByName(to).getAddress();
        boolean v4 = source.length == 4;
        byte[] b = Bytes.frame(80, 0);
        byte[] head = v4
                ? Bytes.hex("0800 4500 0042 0000 4000 40" + String.format("%02x", protocol) + "0000")
                : Bytes.hex("86dd 60000000 001a" + String.format("%02x", protocol) + "40");
        System.arraycopy(head, 0, b, 12, head.length);
        int at = 12 + head.length;
        System.arraycopy(source, 0, b, at, source.length);
        System.arraycopy(target, 0, b, at + source.length, target.length);
        Bytes.put16(b, at + 2 * source.length, fromPort);
        Bytes.put16(b, at + 2 * source.length + 2, toPort);
        return b;
    }

    private static Board board(int fields) throws Exception {
        Board board = new Board(IrqKind.MSI_X);
        for (int i = 0; i < 40; i += 4) {
            int word = (KEY[i] & 0xFF) | (KEY[i + 1] & 0xFF) << 8 | (KEY[i + 2] & 0xFF) << 16 | KEY[i + 3] << 24;
            board.w(0x5C80 + i, word);
        }
        for (int i = 0; i < 128; i += 4) {
            board.w(0x5C00 + i, 0x0302_0100); // entry n: queue n mod 4
        }
        board.w(0x5818, 2 | fields << 16);
        board.w(0x5000, 1 << 13);
        for (int q = 0; q < 4; q++) {
            board.receiveQueue(q, 32, 1 << 25 | 2);
        }
        board.receiver(0);
        return board;
    }

    private static void check(Board board, byte[] frame, String hash, int type) {
        int expected = Integer.parseUnsignedInt(hash, 16);
        int queue = expected & 3;
        board.wire.inject(frame);
        board.settle();
        assertTrue(board.received(queue, 0), "a frame in queue " + queue);
        long word = board.word(queue, 0, 0);
        assertEquals(hash, String.format("%08x", (int) (word >>> 32)));
        assertEquals(type, (int) word & 15);
    }

    @ParameterizedTest
    @CsvSource({
        "66.9.149.187,2794,161.142.100.80,1766,323e8fc2,51ccc178",
        "199.92.111.2,14230,65.69.140.83,4739,d718262a,c626b0ea",
        "24.19.198.95,12898,12.22.207.184,38024,d2d0a5de,5c2b394a",
        "38.27.205.30,48228,209.142.163.6,2217,82989176,afc7327f",
        "153.39.163.191,44251,202.188.127.2,1303,5d1809c5,10e828a2"
    })
    @Mechanism("G17")
    void thePublishedVectorsForIpv4AreExact(String from, int fromPort, String to, int toPort, String ip, String tcp)
            throws Exception {
        check(board(ALL_FIELDS), frame(from, fromPort, to, toPort, 6), tcp, 1);
        check(board(ALL_FIELDS), frame(from, fromPort, to, toPort, 1), ip, 2);
        check(board(1 << 1), frame(from, fromPort, to, toPort, 6), ip, 2);
        check(board(1 << 6), frame(from, fromPort, to, toPort, 17), tcp, 7);
    }

    @ParameterizedTest
    @CsvSource({
        "3ffe:2501:200:1fff::7,2794,3ffe:2501:200:3::1,1766,2cc18cd5,40207d3d",
        "3ffe:501:8::260:97ff:fe40:efab,14230,ff02::1,4739,0f0c461c,dde51bbf",
        "3ffe:1900:4545:3:200:f8ff:fe21:67cf,44251,fe80::200:f8ff:fe21:67cf,38024,4b61e985,02d1feef"
    })
    void thePublishedVectorsForIpv6AreExact(String from, int fromPort, String to, int toPort, String ip, String tcp)
            throws Exception {
        check(board(ALL_FIELDS), frame(from, fromPort, to, toPort, 6), tcp, 3);
        check(board(ALL_FIELDS), frame(from, fromPort, to, toPort, 58), ip, 5);
    }
}
