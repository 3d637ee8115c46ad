package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.buffer.SkBuff;
import java.util.zip.CRC32;

/// All that a qdisc must leave as it is: the bytes, and what is said about them. The control block and the time stamp
/// are the qdisc's while it has the packet.
record Fingerprint(
        int length,
        long bytes,
        int priority,
        int mark,
        int protocol,
        int hash,
        int queueMapping,
        int macHeader,
        int gsoSize,
        boolean vlan,
        String device) {
    static Fingerprint of(SkBuff skb) {
        byte[] b = new byte[skb.length()];
        skb.read(0, b, 0, b.length);
        CRC32 crc = new CRC32();
        crc.update(b);
        return new Fingerprint(
                b.length,
                crc.getValue(),
                skb.priority(),
                skb.mark(),
                skb.protocol(),
                skb.hash(),
                skb.queueMapping(),
                skb.macHeader() - skb.data(),
                skb.gsoSize(),
                skb.vlanPresent(),
                String.valueOf(skb.dev()));
    }
}
