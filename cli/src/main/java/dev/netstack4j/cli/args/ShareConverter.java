package dev.netstack4j.cli.args;

import dev.netstack4j.api.spi.OptionTypes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A probability below 1: `0.01` or `1%`.
public final class ShareConverter implements ITypeConverter<Double> {
    /// For picocli.
    public ShareConverter() {}

    @Override
    public Double convert(String text) {
        double share = Texts.convert(text, OptionTypes.SHARE::parse);
        if (share >= 1) {
            throw new TypeConversionException("a loss of '" + text + "' would let nothing pass");
        }
        return share;
    }
}
