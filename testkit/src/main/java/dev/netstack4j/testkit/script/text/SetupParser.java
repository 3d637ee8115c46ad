package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.model.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads what stands before the first event.
final class SetupParser {
    private static final List<String> OPTIONS = List.of("memory", "cpus", "without");

    private final Tokens tokens;
    private String host = "10.0.0.1/24";
    private String peer = "10.0.0.2";
    private int mtu = 1500;
    private boolean autoArp = true;
    private long tolerance;
    private final Map<String, Integer> sysctls = new TreeMap<>();
    private final List<String> routes = new ArrayList<>();
    private final Map<String, String> options = new TreeMap<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private final List<String> proves = new ArrayList<>();

    SetupParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Setup done() {
        return new Setup(
                host,
                peer,
                mtu,
                autoArp,
                Map.copyOf(sysctls),
                List.copyOf(routes),
                Map.copyOf(options),
                Map.copyOf(skipped),
                tolerance,
                List.copyOf(proves));
    }

    /// Reads a line of settings.
    ///
    /// @return false when the next line is something else
    boolean readLine() {
        Token t = tokens.peek();
        if (t.kind() != Token.Kind.WORD) {
            return false;
        }
        switch (t.text()) {
            case "host" -> {
                tokens.take();
                host = prefix();
            }
            case "peer" -> {
                tokens.take();
                peer = address();
            }
            case "route" -> {
                tokens.take();
                routes.add(prefix());
            }
            case "mtu" -> {
                tokens.take();
                mtu = (int) Numbers.number(tokens, tokens.needWord("a number of bytes"));
            }
            case "arp" -> {
                tokens.take();
                arp();
            }
            case "sysctl" -> {
                tokens.take();
                sysctl();
            }
            case "stack" -> {
                tokens.take();
                option();
            }
            case "skip" -> {
                tokens.take();
                skip();
            }
            case "proves" -> {
                tokens.take();
                proves();
            }
            case "tolerance" -> {
                tokens.take();
                Token d = tokens.needWord("a time");
                tolerance = Numbers.duration(tokens, d, d.text());
            }
            default -> {
                return false;
            }
        }
        tokens.needLineEnd();
        return true;
    }

    private String address() {
        Token t = tokens.needWord("an IPv4 address");
        Numbers.address(tokens, t);
        return t.text();
    }

    private String prefix() {
        String address = address();
        tokens.needSign("/");
        Token bits = tokens.needWord("the length of the prefix");
        long n = Numbers.number(tokens, bits);
        if (n < 0 || n > 32) {
            throw tokens.error(bits.place(), "a prefix has 0 to 32 bits.");
        }
        return address + "/" + n;
    }

    private void arp() {
        Token t = tokens.needWord("auto or manual");
        if (!t.text().equals("auto") && !t.text().equals("manual")) {
            throw tokens.error(t.place(), "arp is auto or manual.");
        }
        autoArp = t.text().equals("auto");
    }

    private void sysctl() {
        String name = tokens.needWord("the name of a setting").text();
        tokens.needSign("=");
        sysctls.put(name, (int) Numbers.number(tokens, tokens.needWord("a number")));
    }

    private void option() {
        Token name = tokens.needWord("a stack option");
        if (!OPTIONS.contains(name.text())) {
            throw tokens.error(
                    name.place(), "\"" + name.text() + "\" is not a stack option; there are memory, cpus and without.");
        }
        tokens.needSign("=");
        options.put(name.text(), tokens.needWord("a value").text());
    }

    private void proves() {
        do {
            proves.add(tokens.needWord("the id of a requirement").text());
        } while (tokens.takeSign(","));
    }

    private void skip() {
        Token target = tokens.needWord("the name of a target");
        String reason = tokens.needText("the reason in quotes");
        if (reason.length() < 10) {
            throw tokens.error(target.place(), "the reason must say why the script is skipped.");
        }
        skipped.put(target.text(), reason);
    }
}
