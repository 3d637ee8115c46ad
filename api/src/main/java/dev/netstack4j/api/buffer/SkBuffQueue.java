package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// A doubly linked list of skbs through their own links. An skb is in one queue at most. Not thread-safe: its owner's
/// lock guards it.
@Linux("include/linux/skbuff.h#sk_buff_head")
public final class SkBuffQueue {
    private @Nullable SkBuff first;
    private @Nullable SkBuff last;
    private int length;

    /// An empty queue.
    public SkBuffQueue() {}

    /// Number of packets.
    public int length() {
        return length;
    }

    /// Whether it holds none.
    public boolean isEmpty() {
        return first == null;
    }

    /// The first packet, left in place; null when empty.
    public @Nullable SkBuff peek() {
        return first;
    }

    /// The last packet, left in place; null when empty.
    public @Nullable SkBuff peekTail() {
        return last;
    }

    /// Appends; the queue owns `skb` now.
    public void addTail(SkBuff skb) {
        claim(skb);
        SkBuff tail = last;
        skb.prev = tail;
        skb.next = null;
        if (tail == null) {
            first = skb;
        } else {
            tail.next = skb;
        }
        last = skb;
    }

    /// Puts at the head; the queue owns `skb` now.
    public void addHead(SkBuff skb) {
        claim(skb);
        SkBuff head = first;
        skb.next = head;
        skb.prev = null;
        if (head == null) {
            last = skb;
        } else {
            head.prev = skb;
        }
        first = skb;
    }

    /// Inserts `skb` behind `place`, which this queue holds.
    public void addAfter(SkBuff place, SkBuff skb) {
        if (place.queue != this) {
            throw new IllegalStateException("the place to insert at is not in this queue");
        }
        SkBuff behind = place.next;
        if (behind == null) {
            addTail(skb);
            return;
        }
        claim(skb);
        skb.prev = place;
        skb.next = behind;
        place.next = skb;
        behind.prev = skb;
    }

    /// Takes the first packet; null when empty. The caller owns it.
    public @Nullable SkBuff poll() {
        SkBuff skb = first;
        if (skb != null) {
            unlink(skb);
        }
        return skb;
    }

    /// Takes the last packet; null when empty. The caller owns it.
    public @Nullable SkBuff pollTail() {
        SkBuff skb = last;
        if (skb != null) {
            unlink(skb);
        }
        return skb;
    }

    /// Takes `skb`, which this queue holds, out of it. The caller owns it.
    public void unlink(SkBuff skb) {
        if (skb.queue != this) {
            throw new IllegalStateException("the packet is not in this queue");
        }
        SkBuff before = skb.prev;
        SkBuff behind = skb.next;
        if (before == null) {
            first = behind;
        } else {
            before.next = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.prev = before;
        }
        skb.next = null;
        skb.prev = null;
        skb.queue = null;
        length--;
    }

    /// Moves everything from `other` to this queue's tail.
    public void appendAll(SkBuffQueue other) {
        for (SkBuff skb = other.poll(); skb != null; skb = other.poll()) {
            addTail(skb);
        }
    }

    /// Drops everything.
    public void dropAll(DropReason reason, Cpu cpu) {
        for (SkBuff skb = poll(); skb != null; skb = poll()) {
            skb.drop(reason, cpu);
        }
    }

    /// Consumes everything.
    public void consumeAll(ConsumeReason why, Cpu cpu) {
        for (SkBuff skb = poll(); skb != null; skb = poll()) {
            skb.consume(why, cpu);
        }
    }

    private void claim(SkBuff skb) {
        if (skb.queue != null) {
            throw new IllegalStateException("the packet is in another queue already");
        }
        skb.checkLive();
        skb.queue = this;
        skb.handovers++;
        length++;
    }
}
