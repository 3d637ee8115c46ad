package dev.netstack4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Say what to do: demo, serve, modules",
                "demo --nonsense | Unknown option: '--nonsense'",
                "new | Missing required parameters: 'KIND', 'NAME'",
                "new bridge red | There is no start kit for 'bridge'; say qdisc, nic or protocol.",
                "new qdisc Red | 'Red' is no name for an extension",
                "new qdisc red --group com..x | 'com..x' is no group",
                "new qdisc red --in /proc/nowhere | /proc/nowhere",
                "fly | Unmatched argument at index 0: 'fly'",
                "demo --size many | 'many' is no size",
                "demo --size 0 | '0' is not in the range",
                "demo --loss 1 | a loss of '1' would let nothing pass",
                "demo --loss 200% | '200%' is no share",
                "demo --rate fast | 'fast' is no rate",
                "demo --delay soon | 'soon' is no time",
                "serve --address 10.0.0.2/24 | Missing required option: '--tap=NAME'",
                "serve --wire pigeon:p | 'pigeon:p' is no wire; write tap:NAME, tun:NAME, stream:unix:PATH or control:NAME",
                "serve --wire control | 'control' lacks a name; write control:NAME",
                "serve --wire control:c | A control link needs a control socket: --control",
                "serve --tap t | Missing required option: '--address=A/LEN'",
                "serve --control tcp:0.0.0.0:9 | Use 127.0.0.1, or say --i-know",
                "serve --control unix:/tmp/s --clock virtual --tap t --address 10.0.0.2/24 | moves real frames",
                "serve --control unix:/no/such/place/s | there is no /no/such/place.",
                "serve --control unix:/tmp/s --wire control:c,mtu=9 | The MTU of a control link is 68 to 65535",
                "serve --tap t --address 10.0.0.2 | '10.0.0.2' has no prefix length; write 10.0.0.2/24",
                "serve --tap t --address 10.0.0.300/24 | '10.0.0.300' is no IPv4 address",
                "serve --tap t --address 10.0.0.2/33 | prefix length 33 is not in 0..32",
                "serve --tap t --address 10.0.0.2/24 --gateway here | 'here' is no IPv4 address",
                "serve --tap t --address 10.0.0.2/24 --qdisc tbf,10 | '10' is no option; write tbf,name=value",
                "iperf -c 10.0.0.1 --tap t --address 10.0.0.2/24 -P 0 | asks for 'parallel' 0, which is not 1 to 128",
                "iperf -c 10.0.0.1 --tap t --address 10.0.0.2/24 -u -l 8 | asks for 'len' 8, which is not 16 to 65507",
                "serve --tap t --address 10.0.0.2/24 --http /no/such/place | '/no/such/place' is no directory"
            })
    void wrongUseIsOneSentenceAndStatus2(String line, String sentence) {
        assertEquals(2, run(line));
        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void helpIsNoError() {
        assertEquals(0, run("serve --help"));
        assertTrue(out.toString().contains("--host-address"));
    }

    private int run(String line) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
