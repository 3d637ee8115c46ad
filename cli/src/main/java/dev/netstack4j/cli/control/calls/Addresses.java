package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Reply;
import dev.netstack4j.cli.control.message.Request;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Addresses as fields: `family`, `ip`, `port`.
final class Addresses {
    private static final int MOST_PORT = 65_535;

    private Addresses() {}

    /// An address of a family that has no more to say.
    private record Plain(AddressFamily family) implements SockAddress {}

    /// The address of a request that must have one.
    static SockAddress needed(Request r) throws Fault {
        SockAddress a = optional(r);
        if (a == null) {
            throw Fault.field("ip", "is missing");
        }
        return a;
    }

    /// The address of a request, or null.
    static @Nullable SockAddress optional(Request r) throws Fault {
        String text = r.textOrNull("ip");
        if (text == null) {
            return r.has("family") ? plain(r) : null;
        }
        IpAddress ip = ip("ip", text);
        AddressFamily family = AddressFamily.of(r.constant("family", ip.family().number()));
        boolean other = !family.equals(AddressFamily.INET) && !family.equals(AddressFamily.INET6);
        if (other) {
            return new Plain(family);
        }
        if (!family.equals(ip.family())) {
            throw Fault.field("ip", "is of another family");
        }
        return InetSockAddress.of(ip, port(r));
    }

    private static SockAddress plain(Request r) throws Fault {
        AddressFamily family = AddressFamily.of(r.constant("family"));
        if (family.equals(AddressFamily.INET) || family.equals(AddressFamily.INET6)) {
            throw Fault.field("ip", "is missing");
        }
        return new Plain(family);
    }

    private static int port(Request r) throws Fault {
        long port = r.number("port", 0);
        if (port < 0 || port > MOST_PORT) {
            throw Fault.field("port", "is not in 0..65535");
        }
        return (int) port;
    }

    static IpAddress ip(String field, String text) throws Fault {
        try {
            return text.indexOf(':') < 0 ? IpAddress.parse(text) : ofSix(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            throw Fault.field(field, "is no IP address");
        }
    }

    private static IpAddress ofSix(InetAddress literal) {
        if (!(literal instanceof Inet6Address six)) {
            throw new IllegalArgumentException("an IPv4 address in IPv6's form");
        }
        ByteBuffer bytes = ByteBuffer.wrap(six.getAddress());
        return IpAddress.v6(bytes.getLong(), bytes.getLong());
    }

    static IpPrefix prefix(String field, String text) throws Fault {
        int slash = text.indexOf('/');
        IpAddress address = ip(field, slash < 0 ? text : text.substring(0, slash));
        try {
            int whole = address.isV4() ? 32 : 128;
            return IpPrefix.of(address, slash < 0 ? whole : Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw Fault.field(field, "is no prefix such as 192.0.2.0/24");
        }
    }

    /// Adds an address to a reply, if there is one.
    static void put(Reply reply, @Nullable SockAddress address) {
        if (address != null) {
            reply.put("family", address.family().number());
        }
        if (address instanceof InetSockAddress a) {
            reply.put("ip", a.ip().toString()).put("port", a.port());
        }
    }

    /// An address as it stands in a list.
    static void put(Map<String, Object> row, String name, @Nullable SockAddress address) {
        if (address instanceof InetSockAddress a) {
            row.put(name, a.ip() + (a.ip().isV4() ? ":" : " ") + a.port());
        }
    }
}
