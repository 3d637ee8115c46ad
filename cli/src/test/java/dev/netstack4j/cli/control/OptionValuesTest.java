package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The forms that values of options have.
class OptionValuesTest {
    private final Bench bench;
    private final Client client;
    private int fd;

    OptionValuesTest() throws Exception {
        bench = Bench.virtual();
        client = bench.client;
    }

    @BeforeEach
    void socket() {
        fd = bench.tcp();
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void set(Object level, Object name, Object value) {
        client.ok("setsockopt", "fd", fd, "level", level, "optname", name, "value", value);
    }

    private void refused(String err, Object level, Object name, Object value) {
        client.fails(err, "setsockopt", "fd", fd, "level", level, "optname", name, "value", value);
    }

    private Object get(Object level, Object name) {
        return client.call("getsockopt", "fd", fd, "level", level, "optname", name)
                .get("value");
    }

    private Map<String, Object> bytes(Object level, Object name, Integer length) {
        return client.call("getsockopt", "fd", fd, "level", level, "optname", name, "as", "bytes", "optlen", length);
    }

    @Test
    void numbersAndFlags() {
        set("SOL_SOCKET", "SO_KEEPALIVE", true);
        assertEquals(1L, get(1, 9));
        set(1, 9, 0);
        assertEquals(0L, get("SOL_SOCKET", "SO_KEEPALIVE"));
        set("SOL_TCP", "TCP_NODELAY", Map.of("bytes", "01000000"));
        assertEquals(1L, get("IPPROTO_TCP", "TCP_NODELAY"));
        assertEquals(Map.of("bytes", "01000000"), bytes(6, 1, null).get("value"));
        Map<String, Object> cut = bytes(6, 1, 1);
        assertEquals(Map.of("bytes", "01"), cut.get("value"));
        assertEquals(1L, cut.get("optlen"));
        set("SOL_IP", "IP_TOS", Map.of("bytes", "10"));
        assertEquals(16L, get(0, 1));
        refused("EINVAL", "SOL_TCP", "TCP_NODELAY", Map.of("bytes", "01"));
        refused("EINVAL", "SOL_TCP", "TCP_KEEPCNT", 0);
    }

    @Test
    void protocolZeroIsUdpForDatagramsAndTcpForStreams() {
        assertEquals(6L, get("SOL_SOCKET", "SO_PROTOCOL"));
        fd = bench.udp();
        assertEquals(17L, get("SOL_SOCKET", "SO_PROTOCOL"));
        assertEquals(2L, get("SOL_SOCKET", "SO_TYPE"));
        assertEquals(2L, get("SOL_SOCKET", "SO_DOMAIN"));
    }

    @Test
    void lingerIsAPair() {
        set(1, "SO_LINGER", Map.of("onoff", 1, "linger", 5));
        assertEquals(Map.of("onoff", 1L, "linger", 5L), get(1, "SO_LINGER"));
        set(1, "SO_LINGER", Map.of("bytes", "0100000007000000"));
        assertEquals(Map.of("bytes", "0100000007000000"), bytes(1, 13, null).get("value"));
        refused("EINVAL", 1, "SO_LINGER", 1);
        refused("EINVAL", 1, "SO_LINGER", Map.of("bytes", "01000000"));
        client.faults("bad-field", "setsockopt", "fd", fd, "level", 1, "optname", 13, "value", Map.of("onoff", 1));
    }

    @Test
    void timesArePairsOfSecondsAndMicroseconds() {
        set(1, "SO_RCVTIMEO", Map.of("sec", 3, "usec", 250_000));
        assertEquals(Map.of("sec", 3L, "usec", 250_000L), get(1, "SO_RCVTIMEO"));
        assertEquals(
                Map.of("bytes", "0300000000000000" + "90d0030000000000"),
                bytes(1, 20, null).get("value"));
        set(1, "SO_SNDTIMEO", Map.of("bytes", "0100000000000000" + "0000000000000000"));
        assertEquals(Map.of("sec", 1L, "usec", 0L), get(1, "SO_SNDTIMEO"));
        refused("EDOM", 1, "SO_RCVTIMEO", Map.of("sec", 0, "usec", 1_000_000));
        refused("EINVAL", 1, "SO_RCVTIMEO", 5);
    }

    @Test
    void namesAreTexts() {
        set("SOL_TCP", "TCP_CONGESTION", "reno");
        assertEquals("reno", get(6, 13));
        assertEquals(
                Map.of("bytes", "72656e6f" + "0".repeat(24)), bytes(6, 13, null).get("value"));
        set("SOL_TCP", "TCP_CONGESTION", Map.of("bytes", "637562696300"));
        assertEquals("cubic", get(6, 13));
        refused("ENOENT", 6, 13, "no_such");
        set(1, "SO_BINDTODEVICE", "lo");
        assertEquals("lo", get(1, "SO_BINDTODEVICE"));
        refused("ENODEV", 1, "SO_BINDTODEVICE", "eth77");
    }

    @Test
    void anErrorIsANumberWithItsName() {
        client.ok("fcntl", "fd", fd, "cmd", "F_SETFL", "arg", "O_NONBLOCK");
        client.call("connect", "fd", fd, "ip", "127.0.0.1", "port", 9);
        Map<String, Object> error = client.call("getsockopt", "fd", fd, "level", 1, "optname", "SO_ERROR");
        assertEquals(111L, error.get("value"), error::toString);
        assertEquals("ECONNREFUSED", error.get("errname"));
        assertEquals(0L, get(1, "SO_ERROR"), "it was taken");
    }

    @Test
    void tcpInfoHasLinuxsFieldsAndLayout() {
        int[] pair = bench.pair(90);
        fd = pair[0];
        Map<String, Object> reply = client.call("getsockopt", "fd", fd, "level", 6, "optname", "TCP_INFO");
        Map<?, ?> info = (Map<?, ?>) reply.get("value");
        assertEquals(1L, info.get("tcpi_state"));
        assertEquals(10L, info.get("tcpi_snd_cwnd"));
        assertEquals(-1L, info.get("tcpi_max_pacing_rate"), "no limit was set");
        assertEquals(0L, info.get("tcpi_delivery_rate"));
        assertTrue(((List<?>) reply.get("absent")).contains("tcpi_delivery_rate"));
        String hex = (String) ((Map<?, ?>) bytes(6, 11, null).get("value")).get("bytes");
        assertEquals(248 * 2, hex.length());
        assertEquals("01", hex.substring(0, 2), "the state");
        assertEquals("0a000000", hex.substring(80 * 2, 84 * 2), "the window stands at byte 80");
        assertEquals(104L, bytes(6, 11, 104).get("optlen"));
    }

    @Test
    void whatTheStackHasNotIsRefusedAsLinuxDoes() {
        refused("ENOPROTOOPT", "SOL_TCP", "TCP_MD5SIG", 1);
        refused("ENOPROTOOPT", "SOL_SOCKET", 4711, 1);
        refused("ENOPROTOOPT", "SOL_IPV6", 1, 1);
        client.fails("ENOPROTOOPT", "getsockopt", "fd", fd, "level", 6, "optname", "TCP_MD5SIG");
        client.fails("EBADF", "getsockopt", "fd", 99, "level", 6, "optname", 1);
        client.fails("EBADF", "setsockopt", "fd", 99, "level", 6, "optname", 1, "value", 1);
        client.fails("EINVAL", "getsockopt", "fd", fd, "level", 6, "optname", 1, "optlen", -1);
        client.faults("bad-field", "setsockopt", "fd", fd, "level", 6, "optname", 1);
        client.faults("bad-field", "setsockopt", "fd", fd, "level", 6, "optname", 1, "value", List.of(1));
        client.faults("bad-field", "setsockopt", "fd", fd, "level", 6, "optname", 1, "value", 1L << 40);
    }
}
