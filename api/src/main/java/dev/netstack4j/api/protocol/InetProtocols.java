package dev.netstack4j.api.protocol;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.Registration;
import org.jspecify.annotations.Nullable;

/// The protocol tables of one stack, one per address family. Protocols contributed by modules are in them from the
/// start.
@ProvidedByCore
@Linux("net/ipv4/protocol.c#inet_protos")
public interface InetProtocols {
    /// The protocol of a number, or null. Any context; one array read.
    @Nullable
    NetProtocol find(AddressFamily family, int number);

    /// Adds a protocol. Process context, holding no CPU.
    ///
    /// @param number 0 to 255
    /// @param owner  who adds it, for messages
    /// @throws NetException EEXIST when the number has an owner (named in the message), EINVAL when it is not
    ///     [NetProtocol#netnsOk]
    @Linux("net/ipv4/protocol.c#inet_add_protocol")
    Registration add(AddressFamily family, int number, NetProtocol protocol, String owner) throws NetException;
}
