package dev.netstack4j.cli.args;

import dev.netstack4j.api.spi.OptionTypes;
import picocli.CommandLine.ITypeConverter;

/// A time in nanoseconds: `20ms`; without a unit milliseconds.
public final class TimeConverter implements ITypeConverter<Long> {
    /// For picocli.
    public TimeConverter() {}

    @Override
    public Long convert(String text) {
        return Texts.convert(text, OptionTypes.NANOS::parse);
    }
}
