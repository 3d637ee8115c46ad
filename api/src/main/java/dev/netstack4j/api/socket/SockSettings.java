package dev.netstack4j.api.socket;

/// Options of level SOL_SOCKET as core keeps them for every socket. Written under the socket's ownership.
public final class SockSettings {
    /// Receive buffer in bytes.
    public int receiveBuffer;
    /// Send buffer in bytes.
    public int sendBuffer;
    /// Whether the application fixed the receive buffer: no auto-tuning then.
    public boolean receiveBufferLocked;
    /// Whether the application fixed the send buffer.
    public boolean sendBufferLocked;
    /// SO_DEBUG.
    public boolean debug;
    /// SO_REUSEADDR.
    public boolean reuseAddress;
    /// SO_REUSEPORT.
    public boolean reusePort;
    /// SO_BROADCAST.
    public boolean broadcast;
    /// SO_KEEPALIVE.
    public boolean keepAlive;
    /// SO_OOBINLINE.
    public boolean oobInline;
    /// SO_DONTROUTE.
    public boolean dontRoute;
    /// SO_LINGER: seconds, or -1 when off.
    public int lingerSeconds = -1;
    /// SO_PRIORITY.
    public int priority;
    /// SO_MARK.
    public int mark;
    /// SO_MAX_PACING_RATE in bytes a second; -1 for no limit.
    public long maxPacingRate = -1;
    /// SO_BINDTODEVICE by index; 0 for any.
    public int boundDevice;
    /// SO_RCVLOWAT.
    public int receiveLowWater = 1;
    /// SO_RCVTIMEO in nanoseconds; 0 for none.
    public long receiveTimeoutNanos;
    /// SO_SNDTIMEO in nanoseconds; 0 for none.
    public long sendTimeoutNanos;

    /// Linux's defaults, but for the buffers, which come from the stack's settings.
    public SockSettings(int receiveBuffer, int sendBuffer) {
        this.receiveBuffer = receiveBuffer;
        this.sendBuffer = sendBuffer;
    }
}
