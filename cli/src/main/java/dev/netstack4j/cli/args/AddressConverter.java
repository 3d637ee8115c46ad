package dev.netstack4j.cli.args;

import dev.netstack4j.api.address.IpAddress;
import picocli.CommandLine.ITypeConverter;

/// An address: `10.77.0.1`.
public final class AddressConverter implements ITypeConverter<IpAddress> {
    /// For picocli.
    public AddressConverter() {}

    @Override
    public IpAddress convert(String text) {
        return Texts.convert(text, IpAddress::parse);
    }
}
