package dev.netstack4j.wire.stream;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.io.IOException;

/// Makes wires to Unix stream sockets.
final class StreamWireOps implements WireOps {
    @Inject
    StreamWireOps() {}

    @Override
    public boolean touchesOutside() {
        return true;
    }

    @Override
    public Wire create(WireContext context, Options options) throws NetException {
        StreamOptions wanted = StreamOptions.of(options);
        try {
            Endpoint endpoint = wanted.listen() ? Endpoint.listen(wanted.path()) : Endpoint.connect(wanted.path());
            return new StreamWire(context, wanted, endpoint);
        } catch (NetException e) {
            throw e;
        } catch (IOException e) {
            String what = wanted.listen() ? "listen on the socket '" : "connect to the socket '";
            throw new NetException(Errno.EIO, what + wanted.path() + "' (" + e.getMessage() + ")", e);
        }
    }
}
