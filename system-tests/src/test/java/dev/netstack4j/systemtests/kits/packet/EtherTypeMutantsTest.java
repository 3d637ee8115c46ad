package dev.netstack4j.systemtests.kits.packet;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeKit;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeSubject;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The reference handler with one defect at a time, each to be found by the rule named for it.
class EtherTypeMutantsTest extends MutantsTest<EtherTypeSubject> {
    EtherTypeMutantsTest() {
        super(new EtherTypeKit(), 10);
    }

    private record Reference(Defect defect) implements EtherTypeSubject {
        @Override
        public StackModule stackModule() {
            return new RefPacketModule();
        }

        @Override
        public List<byte[]> validFrames() {
            return Stream.of(30, 40, 200).map(Reference::frame).toList();
        }

        private static byte[] frame(int bytes) {
            return PeerFrames.ethernet(RefPacketModule.ETHER_TYPE, payload(bytes));
        }

        private static byte[] payload(int bytes) {
            return ByteBuffer.allocate(4 + bytes)
                    .putShort((short) 1)
                    .putShort((short) bytes)
                    .array();
        }

        @Override
        public Map<String, Integer> settings() {
            return Map.of(RefPart.DEFECT, defect.ordinal());
        }
    }

    @Override
    protected EtherTypeSubject correct() {
        return new Reference(Defect.NONE);
    }

    @Override
    protected List<Mutant<EtherTypeSubject>> mutants() {
        return Stream.of(Defect.values())
                .filter(d -> d != Defect.NONE && d != Defect.THROWS_IN_ERROR)
                .map(d -> new Mutant<EtherTypeSubject>(d.sentence, "PTYPE-" + d.rule, () -> new Reference(d)))
                .toList();
    }
}
