package dev.netstack4j.proto.arp;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;

/// IPv4 of a host with 10.0.0.1/24 on eth0 and 192.168.7.1/24 elsewhere.
final class FakeIpv4 {
    static final IpAddress OWN = IpAddress.parse("10.0.0.1");
    static final IpAddress OWN_ELSEWHERE = IpAddress.parse("192.168.7.1");

    private FakeIpv4() {}

    static InetFamilies families() {
        return families(mock(InetFamilyOps.class));
    }

    static InetFamilies families(InetFamilyOps ops) {
        when(ops.addressType(any())).thenAnswer(i -> typeOf(i.getArgument(0)));
        when(ops.routeOutput(any(), any())).thenAnswer(i -> {
            Flow flow = i.getArgument(0);
            boolean onLink = flow.destination().v4Bits() >>> 8 == 0x0A_0000 && flow.device() == 2;
            flow.answer(mock(Dst.class), onLink ? OWN : OWN_ELSEWHERE);
            return flow.destination().toString().startsWith("203.") ? -101 : 0;
        });
        InetFamilies families = mock(InetFamilies.class);
        when(families.find(AddressFamily.INET)).thenReturn(ops);
        return families;
    }

    private static AddressType typeOf(IpAddress address) {
        if (address.equals(OWN) || address.equals(OWN_ELSEWHERE)) {
            return AddressType.LOCAL;
        }
        return address.toString().endsWith(".255") ? AddressType.BROADCAST : AddressType.UNICAST;
    }
}
