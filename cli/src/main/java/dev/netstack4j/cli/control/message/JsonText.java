package dev.netstack4j.cli.control.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of JSON as plain objects: maps in order, lists, strings, `Long`, `Double`, `Boolean`, null.
public final class JsonText {
    /// Longest line in bytes, without its end.
    public static final int LONGEST = 4 << 20;
    /// Deepest nesting.
    public static final int DEEPEST = 3;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST)
                    .build())
            .build();

    private JsonText() {}

    // ---- reading

    /// Reads a line.
    ///
    /// @throws Fault when it is no JSON object, or nested too deep
    public static Map<String, Object> read(byte[] line) throws Fault {
        try (JsonParser p = JSON.createParser(line)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new Fault(Fault.Kind.BAD_JSON, "a request is one JSON object");
            }
            Map<String, Object> object = object(p);
            if (p.nextToken() != null) {
                throw new Fault(Fault.Kind.BAD_JSON, "something stands behind the object");
            }
            return object;
        } catch (IOException e) {
            throw new Fault(Fault.Kind.BAD_JSON, firstLine(e));
        }
    }

    private static String firstLine(IOException e) {
        String text = e instanceof com.fasterxml.jackson.core.JsonProcessingException j
                ? j.getOriginalMessage()
                : String.valueOf(e.getMessage());
        return text.lines().findFirst().orElse("no JSON");
    }

    private static Map<String, Object> object(JsonParser p) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (p.nextToken() != JsonToken.END_OBJECT) {
            String name = p.currentName();
            p.nextToken();
            Object value = value(p);
            if (value != null) { // a null is a field that is not there
                map.put(name, value);
            }
        }
        return map;
    }

    private static @Nullable Object value(JsonParser p) throws IOException {
        return switch (p.currentToken()) {
            case START_OBJECT -> object(p);
            case START_ARRAY -> array(p);
            case VALUE_STRING -> p.getText();
            case VALUE_NUMBER_INT ->
                p.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? Double.NaN : (Object) p.getLongValue();
            case VALUE_NUMBER_FLOAT -> p.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static List<@Nullable Object> array(JsonParser p) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(p));
        }
        return list;
    }

    // ---- writing

    /// Writes a line, with its end.
    public static byte[] write(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator g = JSON.createGenerator(text)) {
            put(g, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(JsonGenerator g, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> g.writeNull();
            case Map<?, ?> map -> {
                g.writeStartObject();
                for (Map.Entry<?, ?> e : map.entrySet()) {
                    g.writeFieldName(String.valueOf(e.getKey()));
                    put(g, e.getValue());
                }
                g.writeEndObject();
            }
            case List<?> list -> {
                g.writeStartArray();
                for (Object o : list) {
                    put(g, o);
                }
                g.writeEndArray();
            }
            case Boolean b -> g.writeBoolean(b);
            case Double d -> g.writeNumber(d);
            case Number n -> g.writeNumber(n.longValue());
            default -> g.writeString(value.toString());
        }
    }
}
