package dev.netstack4j.cli.args;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads where frames go: `tap:NAME`, `tun:NAME`, `stream:unix:PATH` or `control:NAME`, each with options such as
/// `,mode=ip`.
public final class WireConverter implements ITypeConverter<KindWithOptions> {
    private static final List<String> KINDS = List.of("tap", "tun", "stream", "control");
    private static final String UNIX = "unix:";

    /// For picocli.
    public WireConverter() {}

    @Override
    public KindWithOptions convert(String text) {
        KindWithOptions parts = new KindWithOptions.Converter().convert(text);
        int colon = parts.kind().indexOf(':');
        String kind = colon < 0 ? parts.kind() : parts.kind().substring(0, colon);
        String name = colon < 0 ? "" : parts.kind().substring(colon + 1);
        if (!KINDS.contains(kind)) {
            throw new TypeConversionException(
                    "'" + text + "' is no wire; write tap:NAME, tun:NAME, stream:unix:PATH or control:NAME");
        }
        boolean stream = kind.equals("stream");
        if (name.isEmpty() || stream && (!name.startsWith(UNIX) || name.length() == UNIX.length())) {
            String lacks = stream ? "a path; write stream:unix:PATH" : "a name; write " + kind + ":NAME";
            throw new TypeConversionException("'" + text + "' lacks " + lacks);
        }
        Map<String, String> options = new LinkedHashMap<>();
        options.put(stream ? "path" : "name", stream ? name.substring(UNIX.length()) : name);
        parts.options().forEach(options::putIfAbsent);
        return new KindWithOptions(kind, options);
    }
}
