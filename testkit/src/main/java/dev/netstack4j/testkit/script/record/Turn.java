package dev.netstack4j.testkit.script.record;

import dev.netstack4j.testkit.script.model.Fields;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Value;

/// One packet of the conversation that is recorded.
///
/// @param nanos    when, since the first one
/// @param fromHost whether the host sent it, whose behaviour the script is to expect
/// @param ip       its IP header
/// @param inner    what is in it
record Turn(long nanos, boolean fromHost, Layer ip, Layer inner) {
    boolean is(String kind) {
        return inner.kind().equals(kind);
    }

    boolean has(String flag) {
        return inner.get("flags") instanceof Value.Flags f && (f.set() >> Fields.FLAGS.indexOf(flag) & 1) != 0;
    }

    long position(String field) {
        return inner.get(field) instanceof Value.Absolute a ? a.value() : 0;
    }

    /// Bytes of payload, also when the capture has cut them off.
    int payload() {
        long headers = ip.number("hlen", 5) * 4;
        long transport = is("tcp") ? inner.number("hlen", 5) * 4 : 8;
        return (int) Math.max(0, ip.number("length", 0) - headers - transport);
    }

    Value.Options options() {
        return inner.get("options") instanceof Value.Options o ? o : new Value.Options(java.util.List.of());
    }
}
