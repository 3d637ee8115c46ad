package dev.netstack4j.api.error;

import java.io.IOException;

/// A control-path failure: which error, and what was attempted. Never thrown because of a packet's contents.
public final class NetException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /// @param errno     what went wrong
    /// @param attempted what was tried, as the start of a sentence: `"bind to 10.0.0.1:80"`
    public NetException(Errno errno, String attempted) {
        super(attempted + ": " + errno.text() + " (" + errno + ")");
        this.errno = errno;
    }

    /// The same with a cause.
    public NetException(Errno errno, String attempted, Throwable cause) {
        this(errno, attempted);
        initCause(cause);
    }

    /// What went wrong.
    public Errno errno() {
        return errno;
    }

    /// Returns `result` when it is not negative, otherwise throws the error that it stands for.
    public static long check(long result, String attempted) throws NetException {
        if (result < 0) {
            throw new NetException(Errno.of(result), attempted);
        }
        return result;
    }
}
