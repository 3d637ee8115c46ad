package dev.netstack4j.proto.ipv4.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.Routes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Mechanism("C34")
class IncomingErrorsTest {
    private final Rig rig = new Rig();
    private final Rig.Keeper transport = rig.keep(17);

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    private static byte[] ours(String from) {
        return Packets.packet()
                .between(from, "8.8.8.8")
                .protocol(17)
                .payload(8, 1)
                .bytes();
    }

    private void error(int type, int code, int rest, byte[] quoted) {
        rig.receive(Packets.packet()
                .between("10.0.0.254", "10.0.0.1")
                .protocol(1)
                .payload(Packets.icmp(type, code, rest, quoted))
                .bytes());
    }

    /// Type, code, what sockets are told.
    @ParameterizedTest
    @CsvSource({
        "3, 0, 101", "3, 1, 113", "3, 2, 92", "3, 3, 111", "3, 4, 90", "3, 5, 95", "3, 6, 101", "3, 7, 112",
        "3, 8, 64", "3, 9, 101", "3, 10, 113", "3, 11, 101", "3, 12, 113", "3, 13, 113", "3, 14, 113", "3, 15, 113",
        "11, 0, 113", "11, 1, 113", "12, 0, 71",
    })
    void errorsMeanToSocketsWhatTheyMeanInLinux(int type, int code, int errno) {
        error(type, code, 0, ours("10.0.0.1"));
        assertEquals(1, transport.errors.size());
        assertEquals(errno, transport.errors.getFirst().get(2));
        assertEquals(1, rig.host.ledger().consumed().get("ICMP_HANDLED"));
    }

    @Test
    void anErrorAboutAPacketThatIsNotOursIsRefused() {
        error(3, 3, 0, ours("10.0.0.77"));
        assertEquals(List.of(), transport.errors);
        assertEquals(1, rig.dropped("ICMP_QUOTE"));
        assertEquals(1, rig.count("Icmp.InErrors"));
    }

    @Test
    void aQuotationCutAtAnyByteNeverReachesTheTransport() {
        byte[] quoted = ours("10.0.0.1");
        for (int length = 0; length < quoted.length; length++) {
            error(3, 3, 0, Arrays.copyOf(quoted, length));
        }
        assertEquals(List.of(), transport.errors);
        assertEquals(quoted.length, rig.dropped("ICMP_QUOTE"));
    }

    @Test
    void aQuotationWithABadHeaderIsRefused() {
        byte[] wrongVersion = ours("10.0.0.1");
        wrongVersion[0] = 0x65;
        error(3, 3, 0, wrongVersion);
        byte[] longHeader = ours("10.0.0.1");
        longHeader[0] = 0x4F;
        error(3, 3, 0, longHeader);
        assertEquals(2, rig.dropped("ICMP_QUOTE"));
    }

    @Test
    void aSmallerMtuOnThePathIsLearnt() {
        Routes routes = rig.get(Routes.class);
        int far = IpAddress.parse("8.8.8.8").v4Bits();
        Ipv4Dst before = routes.output(far, 0, 0, rig.cpu());
        error(3, 4, 1400, ours("10.0.0.1"));
        assertEquals(List.of(3, 4, 90, 1400), transport.errors.getFirst());
        assertNotNull(before);
        assertTrue(!before.isValid());
        assertEquals(1400, routes.output(far, 0, 0, rig.cpu()).mtu());
        error(3, 4, 60, ours("10.0.0.1"));
        assertEquals(552, transport.errors.get(1).get(3));
        error(3, 4, 9000, ours("10.0.0.1"));
        assertEquals(552, transport.errors.get(2).get(3));
    }

    @Test
    void aSettingMakesItDeafToPathMtus() {
        rig.host.sysctls().set("net.ipv4.ip_no_pmtu_disc", 2);
        error(3, 4, 1400, ours("10.0.0.1"));
        assertEquals(
                1500,
                rig.get(Routes.class)
                        .output(IpAddress.parse("8.8.8.8").v4Bits(), 0, 0, rig.cpu())
                        .mtu());
    }
}
