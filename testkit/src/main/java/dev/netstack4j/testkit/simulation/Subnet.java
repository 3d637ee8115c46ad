package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.address.IpPrefix;

/// The addresses of a link between two hosts, or of a switch: 10.0.N.0/24, given out from 10.0.N.1 on.
final class Subnet {
    private final int number;
    private int given;

    Subnet(int number) {
        this.number = number;
    }

    IpPrefix next() {
        given++;
        return IpPrefix.parse("10." + (number >> 8) + "." + (number & 255) + "." + given + "/24");
    }
}
