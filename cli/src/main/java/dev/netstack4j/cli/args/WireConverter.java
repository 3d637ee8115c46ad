package dev.netstack4j.cli.args;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads where frames go: `tap:NAME` or `control:NAME`, each with options such as `,mode=ip`.
public final class WireConverter implements ITypeConverter<KindWithOptions> {
    /// For picocli.
    public WireConverter() {}

    @Override
    public KindWithOptions convert(String text) {
        KindWithOptions parts = new KindWithOptions.Converter().convert(text);
        int colon = parts.kind().indexOf(':');
        String kind = colon < 0 ? parts.kind() : parts.kind().substring(0, colon);
        String name = colon < 0 ? "" : parts.kind().substring(colon + 1);
        if (!kind.equals("tap") && !kind.equals("control")) {
            throw new TypeConversionException("'" + text + "' is no wire; write tap:NAME or control:NAME");
        }
        if (name.isEmpty()) {
            throw new TypeConversionException("'" + text + "' lacks a name; write " + kind + ":NAME");
        }
        Map<String, String> options = new LinkedHashMap<>(parts.options());
        options.put("name", name);
        return new KindWithOptions(kind, options);
    }
}
