package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.Linux;

/// Levels and names of socket options, with Linux's numbers. Protocols answer ENOPROTOOPT for what they do not have.
@Linux("include/uapi/asm-generic/socket.h#SO_REUSEADDR")
public final class SocketOption {
    /// Level of all sockets.
    public static final int SOL_SOCKET = 1;
    /// Level of IP.
    public static final int SOL_IP = 0;
    /// Level of TCP.
    public static final int SOL_TCP = 6;
    /// Level of UDP.
    public static final int SOL_UDP = 17;

    /// Debugging is wanted; nothing follows from it.
    public static final int SO_DEBUG = 1;
    /// Bind although the port is in TIME_WAIT.
    public static final int SO_REUSEADDR = 2;
    /// Type of the socket.
    public static final int SO_TYPE = 3;
    /// Takes and clears the pending error.
    public static final int SO_ERROR = 4;
    /// Bypass routing.
    public static final int SO_DONTROUTE = 5;
    /// Allow broadcasts.
    public static final int SO_BROADCAST = 6;
    /// Send buffer in bytes (Linux doubles what is set).
    public static final int SO_SNDBUF = 7;
    /// Receive buffer in bytes (Linux doubles what is set).
    public static final int SO_RCVBUF = 8;
    /// Probe idle connections.
    public static final int SO_KEEPALIVE = 9;
    /// Urgent data in line.
    public static final int SO_OOBINLINE = 10;
    /// Priority of packets.
    public static final int SO_PRIORITY = 12;
    /// What close does with unsent data.
    public static final int SO_LINGER = 13;
    /// Several sockets on one port.
    public static final int SO_REUSEPORT = 15;
    /// Receive low-water mark.
    public static final int SO_RCVLOWAT = 18;
    /// Send low-water mark: always 1, and cannot be set.
    public static final int SO_SNDLOWAT = 19;
    /// Receive timeout.
    public static final int SO_RCVTIMEO = 20;
    /// Send timeout.
    public static final int SO_SNDTIMEO = 21;
    /// Only this device.
    public static final int SO_BINDTODEVICE = 25;
    /// Whether it listens.
    public static final int SO_ACCEPTCONN = 30;
    /// As [#SO_SNDBUF], without its limit; cannot be read.
    public static final int SO_SNDBUFFORCE = 32;
    /// As [#SO_RCVBUF], without its limit; cannot be read.
    public static final int SO_RCVBUFFORCE = 33;
    /// Mark of packets.
    public static final int SO_MARK = 36;
    /// Protocol of the socket.
    public static final int SO_PROTOCOL = 38;
    /// Family of the socket.
    public static final int SO_DOMAIN = 39;
    /// Most bytes a second; -1 for no limit.
    public static final int SO_MAX_PACING_RATE = 47;

    /// Type of service.
    public static final int IP_TOS = 1;
    /// Time to live.
    public static final int IP_TTL = 2;
    /// Raw sockets: the application writes the IP header.
    public static final int IP_HDRINCL = 3;
    /// Path MTU discovery.
    public static final int IP_MTU_DISCOVER = 10;
    /// Extended errors.
    public static final int IP_RECVERR = 11;
    /// The path MTU now.
    public static final int IP_MTU = 14;
    /// Bind to addresses that the host does not have.
    public static final int IP_FREEBIND = 15;
    /// Packets that have made more hops than this allows are dropped.
    public static final int IP_MINTTL = 21;
    /// Binding to port 0 binds the address alone; connect chooses the port.
    public static final int IP_BIND_ADDRESS_NO_PORT = 24;
    /// First port of own choice in the lower half, last one in the upper; 0 for that of the stack.
    public static final int IP_LOCAL_PORT_RANGE = 51;
    /// Time to live of multicasts.
    public static final int IP_MULTICAST_TTL = 33;

    /// No Nagle.
    public static final int TCP_NODELAY = 1;
    /// Largest segment.
    public static final int TCP_MAXSEG = 2;
    /// Hold back partial segments.
    public static final int TCP_CORK = 3;
    /// Idle time before keep-alive, seconds.
    public static final int TCP_KEEPIDLE = 4;
    /// Time between keep-alives, seconds.
    public static final int TCP_KEEPINTVL = 5;
    /// Keep-alives before giving up.
    public static final int TCP_KEEPCNT = 6;
    /// Retransmissions of a SYN.
    public static final int TCP_SYNCNT = 7;
    /// Time in FIN_WAIT2, seconds.
    public static final int TCP_LINGER2 = 8;
    /// A connection is accepted only with its first data, or after so many seconds.
    public static final int TCP_DEFER_ACCEPT = 9;
    /// Largest window advertised.
    public static final int TCP_WINDOW_CLAMP = 10;
    /// State of the connection.
    public static final int TCP_INFO = 11;
    /// Acknowledge at once.
    public static final int TCP_QUICKACK = 12;
    /// Congestion control by name.
    public static final int TCP_CONGESTION = 13;
    /// Milliseconds until unacknowledged data ends the connection.
    public static final int TCP_USER_TIMEOUT = 18;
    /// A listener takes so many connections before their handshake is over (Fast Open).
    public static final int TCP_FASTOPEN = 23;
    /// Bytes not yet sent beyond which a socket is not writable.
    public static final int TCP_NOTSENT_LOWAT = 25;

    /// `connect` waits for the first data when a Fast Open cookie is at hand.
    public static final int TCP_FASTOPEN_CONNECT = 30;
    /// Keys that Fast Open cookies are made from, as text.
    public static final int TCP_FASTOPEN_KEY = 33;
    /// Fast Open without cookies.
    public static final int TCP_FASTOPEN_NO_COOKIE = 34;

    private SocketOption() {}
}
