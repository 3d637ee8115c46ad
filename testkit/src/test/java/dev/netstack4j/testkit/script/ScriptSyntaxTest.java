package dev.netstack4j.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.testkit.script.model.Step;
import dev.netstack4j.testkit.script.model.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptSyntaxTest {
    private static final long MILLI = 1_000_000L;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +0 in tcp SIN seq 0                    | t:1:11: here "SIN" stands, but a TCP flag (FIN, SYN, RST, PSH, ACK, URG, ECE, CWR or NONE) is expected.
            +0 in tcp SYN sek 0                    | t:1:15: "sek" is not a field of tcp; there are ack, data, hlen, reserved, seq, sum, urg, win.
            +0 in sctp 1>2                         | t:1:7: "sctp" is not a layer; the layers are eth, arp, ip, tcp, udp, icmp and raw.
            +0 in tcp SYN seq x                    | t:1:19: "x" is not a number.
            +0 in tcp SYN seq 0 <mss 1460          | t:1:30: here the line ends, but ">" is expected.
            +0 in tcp SYN seq 0 <mss 1460, sac>    | t:1:32: "sac" is not a TCP option; there are mss, sackok, ts, ws, sack, nop, eol and opt.
            +0 in ip src 10.0.0 / icmp echo        | t:1:14: "10.0.0" is not an IPv4 address.
            +0 in icmp unreachable prt             | t:1:24: here "prt" stands, but one of net, host, protocol, port, frag-needed, source-route, net-unknown, host-unknown, host-isolated, net-prohibited, host-prohibited, net-tos, host-tos, prohibited is expected.
            +0 call s = sockt(tcp)                 | t:1:13: "sockt" is not a call; there are accept, bind, close, connect, dup, fcntl, getpeername, getsockname, getsockopt, ioctl, listen, poll, recv, recvfrom, send, sendto, setsockopt, shutdown, socket.
            +0 call listen(s) = 0                  | t:1:9: listen takes 2 arguments, and 1 are given.
            +0 call socket(tcp)                    | t:1:9: name the descriptor that socket returns, as in s = socket(...), or the error that it must return.
            +x in tcp SYN seq 0                    | t:1:1: "+x" is not a time; write for example 0.5, 200ms, +1s or +0.1..0.2.
            +2..1 out tcp SYN                      | t:1:1: the time "+2..1" ends before it begins.
            +0...1 out tcp SYN                     | t:1:1: a time with three dots is for calls that wait; write two dots.
            * in tcp SYN seq 0                     | t:1:1: the time * is for packets that are expected.
            in tcp SYN seq 0                       | t:1:1: here "in" stands, but a time, or "differs", is expected.
            +0 send 5                              | t:1:4: "send" is not an event; there are in, out, call, quiet and set.
            +0 in udp 1>2 data "abc                | t:1:20: the text that begins here has no closing quote in its line.
            host 10.0.0.1                          | t:1:14: here the line ends, but "/" is expected.
            stack colour = red                     | t:1:7: "colour" is not a stack option; there are memory, cpus and without.
            differs linux "no" { }                 | t:1:1: the reason must say why it differs.
            +0 in udp 1>2 data 0x123               | t:1:20: "0x123" has not two hexadecimal digits for each byte.
            mtu 1500                               | t:1:9: the script has no event.
            """)
    void aMistakeIsOneSentenceWithLineAndColumn(String script, String message) {
        ScriptSyntaxException e = assertThrows(ScriptSyntaxException.class, () -> Script.parse("t", script));
        assertEquals(message, e.getMessage());
    }

    @Test
    void theLineOfAMistakeIsCountedFromTheTop() {
        String script = "# a comment\n\n+0 in udp 1>2\n+0 in udp 1>2 dta 4\n";
        ScriptSyntaxException e = assertThrows(ScriptSyntaxException.class, () -> Script.parse("t", script));
        assertEquals(4, e.line());
        assertEquals(15, e.column());
    }

    @ParameterizedTest
    @CsvSource({
        "1.5,          false, 1500, 1500, false",
        "200ms,        false,  200,  200, false",
        "+40ms,        true,    40,   40, false",
        "+0.1..0.2,    true,   100,  200, false",
        "1..2,         false, 1000, 2000, false",
        "+2min,        true, 120000, 120000, false",
        "0.1...0.5,    false,  100,  500, true",
    })
    void timesAreSecondsUnlessTheySayOtherwise(String text, boolean relative, long from, long to, boolean lasting) {
        String event = lasting ? " call recv(c, 5) = 5" : " out tcp SYN";
        Step.Timed s = (Step.Timed) Script.parse("t", text + event).steps().getFirst();
        assertEquals(relative, s.when().relative());
        assertEquals(from * MILLI, s.when().from());
        assertEquals(to * MILLI, s.when().to());
        assertEquals(lasting, s.when().lasting());
    }

    @Test
    void aPacketOverSeveralLinesStandsInParentheses() {
        Script s = Script.parse(
                "t", "+0 in icmp unreachable port quotes (\n  ip ttl 3 /\n  udp 7>9 data 8\n)\n+0 quiet\n");
        assertEquals(2, s.steps().size());
        Step.In in = (Step.In) s.steps().getFirst();
        Value.Quoted q = (Value.Quoted) in.packet().innermost().get("quotes");
        assertEquals(3, q.packet().layer("ip").number("ttl", 0));
    }

    @Test
    void whatDiffersIsChosenByTheNameOfTheTarget() {
        Script s = Script.parse(
                "t", "differs linux \"it answers later there\" {\n+1 quiet\n} else {\n+2 quiet\n+3 quiet\n}\n");
        assertEquals(1, s.stepsFor("linux").size());
        assertEquals(2, s.stepsFor("netstack4j").size());
    }
}
