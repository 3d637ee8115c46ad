package dev.netstack4j.cli.args;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A kind and options of it: `tbf,rate=10mbit,burst=64k`.
///
/// @param kind    the name
/// @param options by name
public record KindWithOptions(String kind, Map<String, String> options) {
    /// Reads one.
    public static final class Converter implements ITypeConverter<KindWithOptions> {
        /// For picocli.
        public Converter() {}

        @Override
        public KindWithOptions convert(String text) {
            String[] parts = text.split(",", -1);
            Map<String, String> options = new LinkedHashMap<>();
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals < 1) {
                    throw new TypeConversionException(
                            "'" + parts[i] + "' is no option; write " + parts[0] + ",name=value");
                }
                options.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
            }
            return new KindWithOptions(parts[0], options);
        }
    }
}
