package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Sockets of one (family, type, protocol) to be judged by [SocketKit], in a whole stack in virtual time. A complete
/// test of one:
/// ```java
/// class ChatConformanceTest extends SocketConformance {
///     @Override
///     protected SocketSubject subject() {
///         return new SocketSubject() {
///             @Override public StackModule stackModule() { return new ChatModule(); }
///             @Override public AddressFamily family() { return ChatAddress.FAMILY; }
///             @Override public int type() { return SocketType.DGRAM; }
///             @Override public Set<SocketAbility> abilities() { return Set.of(BIND, EXCLUSIVE, CONNECT); }
///             @Override public SockAddress address(int n) { return new ChatAddress("room" + n); }
///         };
///     }
/// }
/// ```
public interface SocketSubject extends Subject {
    /// The module that contributes them; made anew for each call.
    StackModule stackModule();

    @Override
    default String module() {
        return stackModule().name();
    }

    /// Their family.
    AddressFamily family();

    /// Their [SocketType].
    int type();

    /// Their protocol as a `socket` call asks for it; 0 is the type's own.
    default int protocol() {
        return 0;
    }

    /// What they can do.
    Set<SocketAbility> abilities();

    /// One of the host's own addresses, where a socket can be bound and reached; another one for each number from 0 to
    /// 15. Addresses have `equals`. The host of a family over IPv4 has 127.0.0.1.
    SockAddress address(int number);

    /// An address at which nobody ever is, so that connecting fails; null when there is none.
    default @Nullable SockAddress nobody() {
        return null;
    }

    /// An address whose packets leave by the kit's device; null when there is none. Over IPv4 it is one of 10.0.0.0/24
    /// but 10.0.0.1, which is the host's own.
    default @Nullable SockAddress away() {
        return null;
    }

    /// Most bytes of a message that the kit sends.
    default int mostBytes() {
        return 1000;
    }

    /// A message that these sockets send; random bytes unless said otherwise.
    ///
    /// @param bytes its length, from 1 to [#mostBytes]; it may be longer where it must
    default byte[] message(SplittableRandom random, int bytes) {
        byte[] b = new byte[bytes];
        random.nextBytes(b);
        return b;
    }

    /// Whether `received` is what a reader gets of `sent`; equal unless said otherwise.
    default boolean arrives(byte[] sent, byte[] received) {
        return Arrays.equals(sent, received);
    }

    /// Whether the stack has this module alone. Otherwise it has every module on the class path.
    default boolean alone() {
        return false;
    }

    /// Settings that its module declares, and what they are to be.
    default Map<String, Integer> settings() {
        return Map.of();
    }

    /// Valid frames for a socket bound to [#frameAddress], from the Ethernet header on, as of
    /// [dev.netstack4j.testkit.kit.packet.PacketSubject#validFrames]; none when no packets come from outside.
    default List<byte[]> frames() {
        return List.of();
    }

    /// Where the socket for [#frames] is bound, when it can be; over IPv4 it is of 10.0.0.1.
    default SockAddress frameAddress() {
        return address(0);
    }

    /// Bytes at the front of a frame that the kit leaves right.
    default int lowerBytes() {
        return 14;
    }

    /// A frame that the kit has changed, with what the layers below say of it made right.
    default byte[] repaired(byte[] frame) {
        return frame;
    }

    /// Prepares a stack before the first socket is made.
    default void prepare(Stack stack) throws Exception {}
}
