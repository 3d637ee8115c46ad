package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.doc.Linux;
import jakarta.inject.Inject;

/// The number that makes cached routes invalid: a dst is good while it was made under the present one.
@Linux("include/net/net_namespace.h#rt_genid_bump_ipv4")
public final class Generation {
    private volatile int now = 1;

    /// The first.
    @Inject
    public Generation() {}

    /// The present number.
    public int now() {
        return now;
    }

    /// Makes every dst invalid. Two bumps at once may count as one: either way nothing old stays valid.
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public void bump() {
        now = now + 1;
    }
}
