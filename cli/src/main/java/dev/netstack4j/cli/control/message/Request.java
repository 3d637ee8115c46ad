package dev.netstack4j.cli.control.message;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fields of a request, or of an object within one. Fields that nobody asks for are ignored.
public final class Request {
    private final Map<String, Object> fields;

    /// Over an object as [JsonText] reads it.
    public Request(Map<String, Object> fields) {
        this.fields = fields;
    }

    /// The value of a field as it was read, or null.
    public @Nullable Object raw(String name) {
        return fields.get(name);
    }

    /// Whether a field is there.
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    private Object needed(String name) throws Fault {
        Object value = fields.get(name);
        if (value == null) {
            throw Fault.field(name, "is missing");
        }
        return value;
    }

    // ---- numbers

    /// A whole number.
    public long number(String name) throws Fault {
        return asNumber(name, needed(name));
    }

    /// A whole number, or what stands for one that is not there.
    public long number(String name, long absent) throws Fault {
        Object value = fields.get(name);
        return value == null ? absent : asNumber(name, value);
    }

    private static long asNumber(String name, Object value) throws Fault {
        if (value instanceof Long n) {
            return n;
        }
        throw Fault.field(name, "must be a whole number");
    }

    /// A whole number of 32 bits, signed or unsigned.
    public int integer(String name) throws Fault {
        return asInteger(name, number(name));
    }

    /// The same, or what stands for one that is not there.
    public int integer(String name, int absent) throws Fault {
        return asInteger(name, number(name, absent));
    }

    private static int asInteger(String name, long n) throws Fault {
        if (n < Integer.MIN_VALUE || n > 0xFFFF_FFFFL) {
            throw Fault.field(name, "must fit into 32 bits");
        }
        return (int) n;
    }

    /// A number of Linux's, or the `|`-joined names of such numbers.
    public int constant(String name) throws Fault {
        return asConstant(name, needed(name));
    }

    /// The same, or what stands for one that is not there.
    public int constant(String name, int absent) throws Fault {
        Object value = fields.get(name);
        return value == null ? absent : asConstant(name, value);
    }

    /// The same for a value that stands in a list.
    public static int asConstant(String name, @Nullable Object value) throws Fault {
        return switch (value) {
            case Long n -> asInteger(name, n);
            case String text -> LinuxNames.value(name, text);
            case null, default -> throw Fault.field(name, "must be a number or Linux's name of one");
        };
    }

    // ---- others

    /// A text.
    public String text(String name) throws Fault {
        return asText(name, needed(name));
    }

    /// A text, or null.
    public @Nullable String textOrNull(String name) throws Fault {
        Object value = fields.get(name);
        return value == null ? null : asText(name, value);
    }

    private static String asText(String name, Object value) throws Fault {
        if (value instanceof String s) {
            return s;
        }
        throw Fault.field(name, "must be a text");
    }

    /// True or false; false when it is not there.
    public boolean flag(String name) throws Fault {
        Object value = fields.getOrDefault(name, false);
        if (value instanceof Boolean b) {
            return b;
        }
        throw Fault.field(name, "must be true or false");
    }

    /// A list; empty when it is not there.
    public List<?> list(String name) throws Fault {
        Object value = fields.getOrDefault(name, List.of());
        if (value instanceof List<?> l) {
            return l;
        }
        throw Fault.field(name, "must be a list");
    }

    /// Objects of a list; none when it is not there.
    public List<Request> objects(String name) throws Fault {
        List<Request> all = new java.util.ArrayList<>();
        for (Object o : list(name)) {
            all.add(asObject(name, o));
        }
        return all;
    }

    /// A value as an object.
    @SuppressWarnings("unchecked") // what was read has texts as keys
    public static Request asObject(String name, @Nullable Object value) throws Fault {
        if (value instanceof Map<?, ?> m) {
            return new Request((Map<String, Object>) m);
        }
        throw Fault.field(name, "must be an object");
    }

    /// Bytes from lower- or upper-case hex digits.
    public byte[] hex(String name) throws Fault {
        try {
            return HexFormat.of().parseHex(text(name));
        } catch (IllegalArgumentException e) {
            throw Fault.field(name, "must be an even number of hex digits");
        }
    }

    /// A scalar that is given back as it came: the `id`.
    public @Nullable Object scalar(String name) throws Fault {
        Object value = fields.get(name);
        if (value instanceof Map || value instanceof List) {
            throw Fault.field(name, "must be a number, a text, true or false");
        }
        return value;
    }

    @Override
    public String toString() {
        return Objects.toString(fields);
    }
}
