package dev.netstack4j.api.stack;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.SystemCalls;
import java.util.List;

/// One assembled, running network stack: a host, or a network namespace. Any thread that holds no CPU.
@ProvidedByCore
public interface Stack extends AutoCloseable {
    /// Its name.
    String name();

    /// Time and threads.
    StackRuntime runtime();

    /// Buses, wires and devices.
    Hardware hardware();

    /// Devices: up, down, settings.
    Links links();

    /// Socket calls.
    SystemCalls sockets();

    /// Addresses and routes of a family.
    ///
    /// @throws IllegalStateException when no module of this stack brings the family
    InetControl inet(AddressFamily family);

    /// Addresses and routes of IPv4.
    default InetControl ipv4() {
        return inet(AddressFamily.INET);
    }

    /// Its packets, their memory and their ledger.
    SkBuffPool packets();

    /// Modules it was assembled from, by name.
    List<ModuleInfo> modules();

    /// Any service or control interface of the stack, by type: `Qdiscs`, `Netfilter`, `PacketTypes`, `Counters`,
    /// `Sysctls` ...
    ///
    /// @throws IllegalStateException when nobody provides it
    <T> T service(Class<T> type);

    /// The device of that name.
    ///
    /// @throws IllegalArgumentException when there is none; the message names those that there are
    NetDevice device(String name);

    /// Closes sockets, takes devices down, stops modules in reverse order and frees the memory. A second call does
    /// nothing.
    @Override
    void close();
}
