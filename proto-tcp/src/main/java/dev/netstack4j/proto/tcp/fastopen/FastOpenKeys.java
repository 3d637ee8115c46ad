package dev.netstack4j.proto.tcp.fastopen;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The secret that cookies are made from, and perhaps the one before it, so that keys can be changed while clients have
/// cookies. A cookie is a keyed hash of both addresses; it is the one that Linux makes from the same key, so that
/// servers of both kinds can stand behind one address.
@Rfc("7413#4.1.2")
@Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_reset_cipher")
public final class FastOpenKeys {
    private static final int WORDS = 4;
    private static final int WORD_DIGITS = 8;
    private static final long NONE = 0;

    private final long first0;
    private final long first1;
    private final boolean hasSecond;
    private final long second0;
    private final long second1;

    /// How a cookie was found.
    public enum Match {
        /// It is of no key.
        NONE,
        /// It is of the key in use.
        CURRENT,
        /// It is of the key of before.
        FORMER
    }

    /// One key of 128 bits.
    public FastOpenKeys(long low, long high) {
        this(low, high, false, NONE, NONE);
    }

    private FastOpenKeys(long first0, long first1, boolean hasSecond, long second0, long second1) {
        this.first0 = first0;
        this.first1 = first1;
        this.hasSecond = hasSecond;
        this.second0 = second0;
        this.second1 = second1;
    }

    /// Reads keys as `/proc/sys/net/ipv4/tcp_fastopen_key` shows them: `00112233-44556677-8899aabb-ccddeeff`, two of
    /// them with a comma between.
    ///
    /// @return null when it is something else
    @Linux("net/ipv4/sysctl_net_ipv4.c#proc_tcp_fastopen_key")
    public static @Nullable FastOpenKeys parse(String text) {
        String[] keys = text.strip().split(",", -1);
        long[] first = key(keys[0]);
        if (first == null || keys.length > 2) {
            return null;
        }
        if (keys.length == 1) {
            return new FastOpenKeys(first[0], first[1]);
        }
        long[] second = key(keys[1]);
        return second == null ? null : new FastOpenKeys(first[0], first[1], true, second[0], second[1]);
    }

    private static long @Nullable [] key(String text) {
        String[] words = text.split("-", -1);
        if (words.length != WORDS) {
            return null;
        }
        int[] w = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            if (words[i].length() != WORD_DIGITS || !words[i].chars().allMatch(HexFormat::isHexDigit)) {
                return null;
            }
            w[i] = HexFormat.fromHexDigits(words[i]);
        }
        return new long[] {(long) w[1] << 32 | w[0] & 0xFFFF_FFFFL, (long) w[3] << 32 | w[2] & 0xFFFF_FFFFL};
    }

    /// The same form again.
    public String text() {
        String one = text(first0, first1);
        return hasSecond ? one + "," + text(second0, second1) : one;
    }

    private static String text(long low, long high) {
        return String.format(
                Locale.ROOT, "%08x-%08x-%08x-%08x", (int) low, (int) (low >>> 32), (int) high, (int) (high >>> 32));
    }

    /// Makes the cookie for a client.
    @Linux("net/ipv4/tcp_fastopen.c#__tcp_fastopen_cookie_gen_cipher")
    public void make(IpAddress client, IpAddress server, FastOpenOption into) {
        into.set(cookie(first0, first1, client, server));
    }

    /// Judges the cookie of a client.
    @Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_cookie_gen_check")
    public Match check(IpAddress client, IpAddress server, FastOpenOption cookie) {
        if (cookie.length != Long.BYTES) {
            return Match.NONE;
        }
        if (cookie.high == cookie(first0, first1, client, server)) {
            return Match.CURRENT;
        }
        boolean former = hasSecond && cookie.high == cookie(second0, second1, client, server);
        return former ? Match.FORMER : Match.NONE;
    }

    private static long cookie(long k0, long k1, IpAddress client, IpAddress server) {
        SipHash24 hash = new SipHash24(k0, k1);
        if (client.isV4()) {
            long source = Integer.toUnsignedLong(Integer.reverseBytes((int) client.low()));
            long destination = Integer.toUnsignedLong(Integer.reverseBytes((int) server.low()));
            hash.word(destination << 32 | source);
            return Long.reverseBytes(hash.end(8));
        }
        hash.word(Long.reverseBytes(client.high()));
        hash.word(Long.reverseBytes(client.low()));
        hash.word(Long.reverseBytes(server.high()));
        hash.word(Long.reverseBytes(server.low()));
        return Long.reverseBytes(hash.end(32));
    }
}
