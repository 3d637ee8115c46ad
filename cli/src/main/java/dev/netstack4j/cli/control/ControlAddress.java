package dev.netstack4j.cli.control;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a control socket listens.
///
/// @param path   of a Unix socket, or null
/// @param socket what is bound
public record ControlAddress(@Nullable Path path, SocketAddress socket) {
    private static final int MOST_PORT = 65_535;

    /// From text: `unix:PATH` or `tcp:HOST:PORT`.
    ///
    /// @param openToOthers whether a TCP address that other machines can reach is allowed
    /// @throws IllegalArgumentException with a sentence for people
    public static ControlAddress parse(String text, boolean openToOthers) {
        if (text.startsWith("unix:") && text.length() > "unix:".length()) {
            Path path = Path.of(text.substring("unix:".length()));
            return new ControlAddress(path, UnixDomainSocketAddress.of(path));
        }
        if (text.startsWith("tcp:")) {
            return tcp(text, openToOthers);
        }
        throw new IllegalArgumentException("'" + text + "' is neither unix:PATH nor tcp:HOST:PORT.");
    }

    private static ControlAddress tcp(String text, boolean openToOthers) {
        int colon = text.lastIndexOf(':');
        String host = text.substring("tcp:".length(), Math.max("tcp:".length(), colon));
        int port = port(text, text.substring(colon + 1));
        InetAddress address = address(text, host);
        if (!address.isLoopbackAddress() && !openToOthers) {
            throw new IllegalArgumentException("'" + text
                    + "' can be reached from other machines, and whoever reaches it owns the stack."
                    + " Use 127.0.0.1, or say --i-know.");
        }
        return new ControlAddress(null, new InetSocketAddress(address, port));
    }

    private static int port(String text, String digits) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > MOST_PORT) {
            throw new IllegalArgumentException("'" + text + "' has no port from 0 to 65535; write tcp:127.0.0.1:PORT.");
        }
        return Integer.parseInt(digits);
    }

    private static InetAddress address(String text, String host) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no host; write tcp:127.0.0.1:PORT.");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + host + "' is no host that this machine knows.", e);
        }
    }
}
