package dev.netstack4j.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.netstack4j.api.stack.ModuleInfo;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// What several commands print as JSON.
final class Json {
    private Json() {}

    /// Writes to `out`, which stays open.
    static JsonGenerator to(Writer out) throws IOException {
        return JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out)
                .setPrettyPrinter(new DefaultPrettyPrinter());
    }

    /// The field `modules`.
    static void modules(JsonGenerator json, List<ModuleInfo> modules) throws IOException {
        json.writeArrayFieldStart("modules");
        for (ModuleInfo m : modules) {
            json.writeStartObject();
            json.writeStringField("name", m.name());
            json.writeStringField("version", m.version());
            json.writeStringField("api", m.apiVersion());
            json.writeArrayFieldStart("contributions");
            for (String line : m.contributions()) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
