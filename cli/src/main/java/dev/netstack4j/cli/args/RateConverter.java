package dev.netstack4j.cli.args;

import dev.netstack4j.api.spi.OptionTypes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Bits a second, `10gbit`, given on as it was written.
public final class RateConverter implements ITypeConverter<String> {
    /// For picocli.
    public RateConverter() {}

    @Override
    public String convert(String text) {
        if (Texts.convert(text, OptionTypes.BITS_PER_SECOND::parse) < 1) {
            throw new TypeConversionException("a rate of '" + text + "' would let nothing pass");
        }
        return text;
    }
}
