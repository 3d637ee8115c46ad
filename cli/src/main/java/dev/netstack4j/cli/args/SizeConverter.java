package dev.netstack4j.cli.args;

import dev.netstack4j.api.spi.OptionTypes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes: `256m`, `1g`.
public final class SizeConverter implements ITypeConverter<Long> {
    private static final long MOST = 1L << 40;

    /// For picocli.
    public SizeConverter() {}

    @Override
    public Long convert(String text) {
        long bytes = Texts.convert(text, OptionTypes.BYTES::parse);
        if (bytes < 1 || bytes > MOST) {
            throw new TypeConversionException("'" + text + "' is not in the range 1 byte to 1 TiB (1024g)");
        }
        return bytes;
    }
}
