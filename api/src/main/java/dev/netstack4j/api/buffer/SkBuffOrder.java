package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;
import org.jspecify.annotations.Nullable;

/// A second list through packets that a [SkBuffQueue] holds: some of them, in an order of its own, such as that in
/// which they were last sent. So that who asks for the earliest of many need not look at all. It owns nothing: packets
/// are taken out of it before they leave their queue. Not thread-safe: the queue's lock guards it.
@Linux("include/linux/skbuff.h#tcp_tsorted_anchor")
public final class SkBuffOrder {
    private @Nullable SkBuff first;
    private @Nullable SkBuff last;

    /// An empty list.
    public SkBuffOrder() {}

    /// The first packet; null when empty.
    public @Nullable SkBuff first() {
        return first;
    }

    /// The packet behind `skb`, which is in this list; null when it is the last one.
    public @Nullable SkBuff next(SkBuff skb) {
        return skb.orderNext;
    }

    /// Whether `skb` is in this list.
    public boolean holds(SkBuff skb) {
        return skb.order == this;
    }

    /// Puts `skb` at the end, from wherever in this list it was.
    ///
    /// @throws IllegalStateException when it is in another list of this kind
    public void addTail(SkBuff skb) {
        remove(skb);
        insert(last, skb);
    }

    /// Puts `skb`, which is in no list of this kind, behind `place`, which is in this one.
    ///
    /// @throws IllegalStateException when either does not hold
    public void addAfter(SkBuff place, SkBuff skb) {
        if (place.order != this) {
            throw new IllegalStateException("the place to insert at is not in this list");
        }
        insert(place, skb);
    }

    private void insert(@Nullable SkBuff before, SkBuff skb) {
        if (skb.order != null) {
            throw new IllegalStateException("the packet is in another list already");
        }
        SkBuff behind = before == null ? first : before.orderNext;
        skb.order = this;
        skb.orderPrev = before;
        skb.orderNext = behind;
        if (before == null) {
            first = skb;
        } else {
            before.orderNext = skb;
        }
        if (behind == null) {
            last = skb;
        } else {
            behind.orderPrev = skb;
        }
    }

    /// Takes `skb` out; nothing happens when it is not in.
    public void remove(SkBuff skb) {
        if (skb.order != this) {
            return;
        }
        SkBuff before = skb.orderPrev;
        SkBuff behind = skb.orderNext;
        if (before == null) {
            first = behind;
        } else {
            before.orderNext = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.orderPrev = before;
        }
        skb.order = null;
        skb.orderPrev = null;
        skb.orderNext = null;
    }

    /// Takes all out.
    public void clear() {
        for (SkBuff skb = first; skb != null; skb = first) {
            remove(skb);
        }
    }
}
