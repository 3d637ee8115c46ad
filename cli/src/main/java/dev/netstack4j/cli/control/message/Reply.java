package dev.netstack4j.cli.control.message;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What comes back: a result or an error first, then the fields of the op, then `id` and `t`.
public final class Reply {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private long result;

    /// Without a result yet.
    public Reply() {}

    /// The result of a call: 0 or above, or a negative error.
    ///
    /// @return whether the call succeeded
    public boolean result(long value) {
        result = value;
        if (value < 0) {
            fields.put("err", errname(value));
            return false;
        }
        fields.put("ret", value);
        return true;
    }

    private static String errname(long value) {
        return Errno.of(value).name();
    }

    /// A call failed.
    public void error(Errno errno, String message) {
        result(errno.negative());
        fields.put("msg", message);
    }

    /// A call of the control plane failed.
    public void error(NetException e) {
        error(e.errno(), String.valueOf(e.getMessage()));
    }

    /// A fault.
    public static Reply of(Fault fault) {
        Reply r = new Reply();
        r.fields.put("fault", fault.kind().word());
        r.fields.put("msg", fault.sentence());
        return r;
    }

    /// The notice that a call waits.
    public static Reply blocked() {
        Reply r = new Reply();
        r.fields.put("blocked", true);
        return r;
    }

    /// The result; negative for an error.
    public long result() {
        return result;
    }

    /// Adds a field.
    public Reply put(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    /// Adds bytes as hex digits.
    public Reply bytes(String name, byte[] bytes, int length) {
        return put(name, HexFormat.of().formatHex(bytes, 0, length));
    }

    /// Adds what the request is recognised by.
    public Reply id(@Nullable Object id) {
        if (id != null) {
            fields.put("id", id);
        }
        return this;
    }

    /// As a line.
    public byte[] line() {
        return JsonText.write(fields);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
