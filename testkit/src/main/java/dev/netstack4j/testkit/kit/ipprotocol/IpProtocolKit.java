package dev.netstack4j.testkit.kit.ipprotocol;

import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.packet.PacketRules;

/// The rules for IP protocols; see [IpProtocolSubject] for how to have one judged.
public final class IpProtocolKit extends Kit<IpProtocolSubject> {
    private static final String SINCE = "0.2";

    /// All rules.
    public IpProtocolKit() {
        super("PROTO");
        rule(1, SINCE, "takes valid packets", PacketRules::takesValidPackets);
        rule(2, SINCE, "ends every packet with a reason", PacketRules::endsEveryPacket);
        rule(3, SINCE, "never throws at random bytes", PacketRules::takesNoise);
        rule(4, SINCE, "never throws at a packet that ends early", PacketRules::takesPacketsOfAnyLength);
        rule(5, SINCE, "never throws at a packet with wrong bytes", PacketRules::takesMutatedPackets);
        rule(6, SINCE, "writes no bytes that others share", PacketRules::writesNoSharedBytes);
        rule(7, SINCE, "never waits", PacketRules::neverWaits);
        rule(8, SINCE, "survives when memory is used up", PacketRules::survivesWithoutMemory);
        rule(9, SINCE, "reads packets in fragments as well", PacketRules::readsFragmentsAsWell);
        rule(10, SINCE, "takes several packets at once", PacketRules::takesSeveralAtOnce);
        rule(11, SINCE, "takes time and chance from the stack", PacketRules::isRepeatable);
        rule(12, SINCE, "takes valid packets after bad ones", PacketRules::recoversFromBadPackets);
        rule(13, SINCE, "never throws at an error about its packets", PacketRules::takesErrors);
    }
}
