package dev.netstack4j.wire.stream;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Options of a wire of kind `stream`.
///
/// @param path   of the Unix socket
/// @param listen whether the socket is made here and peers connect to it; otherwise this end connects
record StreamOptions(Path path, boolean listen) {
    private static final int LONGEST_PATH = 107;

    private static final Option<String> PATH =
            Option.required("path", OptionTypes.TEXT, "path of the Unix stream socket, at most 107 bytes");
    private static final Option<Boolean> LISTEN = Option.of(
            "listen", OptionTypes.FLAG, false, "make the socket and take one peer at a time, instead of connecting");

    static final OptionSchema SCHEMA = OptionSchema.of(PATH, LISTEN);

    static StreamOptions of(Options o) throws NetException {
        String path = o.get(PATH);
        if (path.isEmpty() || path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw unusable(path);
        }
        try {
            return new StreamOptions(Path.of(path), o.get(LISTEN));
        } catch (InvalidPathException e) {
            throw unusable(path);
        }
    }

    private static NetException unusable(String path) {
        return new NetException(
                Errno.EINVAL, "use '" + path + "' as the path of a Unix socket (1 to " + LONGEST_PATH + " bytes)");
    }
}
