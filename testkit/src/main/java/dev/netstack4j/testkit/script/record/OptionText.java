package dev.netstack4j.testkit.script.record;

import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import java.util.HexFormat;

/// One option of a recorded segment. What the host chooses freely, as its timestamps, is not compared; the peer echoes
/// the host's timestamps as they are when the script runs.
final class OptionText {
    private OptionText() {}

    static String of(TcpOption o, boolean fromHost, boolean firstSyn, long blocksFrom) {
        return switch (o.kind()) {
            case TcpOption.EOL -> "";
            case TcpOption.NOP -> fromHost ? "" : "nop";
            case TcpOption.MSS -> "mss " + number(o, 0);
            case TcpOption.WS -> "ws " + (fromHost ? "*" : number(o, 0));
            case TcpOption.SACKOK -> "sackok";
            case TcpOption.TS -> stamps(o, fromHost, firstSyn);
            case TcpOption.SACK -> blocks(o, blocksFrom);
            default -> fromHost ? "" : "opt " + o.kind() + hex(o.raw());
        };
    }

    private static String stamps(TcpOption o, boolean fromHost, boolean firstSyn) {
        return fromHost
                ? "ts * ecr " + number(o, 1)
                : "ts " + number(o, 0) + " ecr " + (firstSyn || number(o, 1) == 0 ? "0" : "last");
    }

    private static String blocks(TcpOption o, long from) {
        StringBuilder s = new StringBuilder("sack");
        for (Value v : o.numbers()) {
            if (v instanceof Value.Between b) {
                s.append(' ').append((int) (b.low() - from)).append("..").append((int) (b.high() - from));
            }
        }
        return s.toString();
    }

    private static String hex(byte[] raw) {
        return raw.length == 0 ? "" : " 0x" + HexFormat.of().formatHex(raw);
    }

    private static long number(TcpOption o, int i) {
        return i < o.numbers().size() && o.numbers().get(i) instanceof Value.Exact n ? n.value() : 0;
    }
}
