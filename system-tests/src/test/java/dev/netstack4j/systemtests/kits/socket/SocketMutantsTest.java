package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import dev.netstack4j.testkit.kit.socket.SocketAbility;
import dev.netstack4j.testkit.kit.socket.SocketKit;
import dev.netstack4j.testkit.kit.socket.SocketSubject;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two reference families with one defect at a time, each to be found by the rule named for it.
class SocketMutantsTest extends MutantsTest<SocketSubject> {
    SocketMutantsTest() {
        super(new SocketKit(), 15);
    }

    private record Reference(Defect defect, boolean datagram) implements SocketSubject {
        @Override
        public StackModule stackModule() {
            return new RefSocketModule();
        }

        @Override
        public AddressFamily family() {
            return RefAddress.FAMILY;
        }

        @Override
        public int type() {
            return datagram ? SocketType.DGRAM : SocketType.STREAM;
        }

        @Override
        public Set<SocketAbility> abilities() {
            return datagram
                    ? EnumSet.of(
                            SocketAbility.BIND, SocketAbility.EXCLUSIVE, SocketAbility.CONNECT, SocketAbility.SHUTDOWN)
                    : EnumSet.complementOf(EnumSet.of(SocketAbility.ECHO));
        }

        @Override
        public SockAddress address(int number) {
            return new RefAddress(1 + number);
        }

        @Override
        public @Nullable SockAddress nobody() {
            return datagram ? null : new RefAddress(99);
        }

        @Override
        public @Nullable SockAddress away() {
            return datagram ? new RefAddress(RefAddress.AWAY) : null;
        }

        @Override
        public boolean alone() {
            return true;
        }

        @Override
        public Map<String, Integer> settings() {
            return Map.of(RefPart.DEFECT, defect.ordinal());
        }

        @Override
        public List<byte[]> frames() {
            return datagram ? Stream.of(0, 100).map(Reference::frame).toList() : List.of();
        }

        private static byte[] frame(int bytes) {
            return PeerFrames.ethernet(
                    RefSocketModule.ETHER_TYPE,
                    ByteBuffer.allocate(RefFrames.HEADER + bytes)
                            .putShort((short) 1)
                            .putShort((short) 2)
                            .putShort((short) bytes)
                            .array());
        }
    }

    @Override
    protected SocketSubject correct() {
        return new Reference(Defect.NONE, true);
    }

    @Override
    protected List<SocketSubject> correctOnes() {
        return List.of(correct(), new Reference(Defect.NONE, false));
    }

    @Override
    protected List<Mutant<SocketSubject>> mutants() {
        return Stream.of(Defect.values())
                .filter(d -> d != Defect.NONE)
                .map(d -> new Mutant<SocketSubject>(d.sentence, "SOCK-" + d.rule, () -> new Reference(d, d.datagram)))
                .toList();
    }
}
