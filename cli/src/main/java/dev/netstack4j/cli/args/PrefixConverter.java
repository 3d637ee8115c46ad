package dev.netstack4j.cli.args;

import dev.netstack4j.api.address.IpPrefix;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// An address of an interface: `10.77.0.2/24`.
public final class PrefixConverter implements ITypeConverter<IpPrefix> {
    /// For picocli.
    public PrefixConverter() {}

    @Override
    public IpPrefix convert(String text) {
        if (text.indexOf('/') < 0) {
            throw new TypeConversionException("'" + text + "' has no prefix length; write " + text + "/24");
        }
        return Texts.convert(text, IpPrefix::parse);
    }
}
