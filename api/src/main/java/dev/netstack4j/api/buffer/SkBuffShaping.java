package dev.netstack4j.api.buffer;

import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// The operations on an skb's data that need new memory or touch two packets.
final class SkBuffShaping {
    private SkBuffShaping() {}

    /// Moves the first `bytes` of the fragments into the linear area.
    static boolean pullTail(SkBuff skb, int bytes, Cpu cpu) {
        int linear = skb.headLength();
        boolean fits = !skb.isCloned() && skb.tail() + bytes <= skb.pool.blocks.size(skb.block());
        if (!fits && !expandHead(skb, skb.headroom(), bytes, cpu)) {
            return false;
        }
        PhysicalMemory memory = skb.pool.memory;
        long to = skb.dataAddress() + linear;
        int done = 0;
        for (int i = 0; done < bytes; i++) {
            int n = Math.min(bytes - done, skb.fragLength(i));
            memory.move(skb.fragAddress(i), to + done, n);
            done += n;
        }
        skb.dropFragBytes(bytes, cpu);
        skb.growLinear(bytes);
        skb.pool.ledger.countCopy(bytes, cpu);
        return true;
    }

    /// A new linear area of this skb's own with the wanted room.
    static boolean expandHead(SkBuff skb, int headroom, int tailroom, Cpu cpu) {
        SkBuffPool pool = skb.pool;
        int linear = skb.headLength();
        int room = Math.max(headroom, skb.headroom());
        int fresh = pool.blocks.take(room + linear + tailroom, cpu);
        if (fresh == DataBlocks.NONE) {
            fresh = pool.blocks.take(headroom + linear, cpu);
            room = headroom;
            if (fresh == DataBlocks.NONE || pool.blocks.size(fresh) < headroom + linear + tailroom) {
                return giveUp(pool, fresh, cpu);
            }
        }
        int old = skb.block();
        // Header bytes before the data stay readable: marks may point there.
        int before = Math.min(skb.headroom(), room);
        pool.memory.move(
                skb.dataAddress() - before, pool.blocks.address(fresh) + (long) room - before, linear + before);
        skb.replaceHead(fresh, room, linear);
        pool.blocks.release(old, cpu);
        pool.ledger.countReallocation(cpu);
        pool.ledger.countCopy(linear, cpu);
        return true;
    }

    private static boolean giveUp(SkBuffPool pool, int block, Cpu cpu) {
        if (block != DataBlocks.NONE) {
            pool.blocks.release(block, cpu);
        }
        pool.ledger.countFailed(cpu);
        return false;
    }

    static @Nullable SkBuff copy(SkBuff skb, int headroom, Cpu cpu) {
        int room = Math.max(headroom, skb.headroom());
        SkBuff n = skb.pool.alloc(room + skb.length(), cpu);
        if (n == null) {
            return null;
        }
        copyLinear(skb, n, room);
        int fragBytes = skb.fragBytes();
        int at = n.put(fragBytes);
        int from = skb.headLength();
        for (int i = 0; i < skb.frags(); i++) {
            skb.pool.memory.move(skb.addressAt(from), n.addressOf(at), skb.fragLength(i));
            from += skb.fragLength(i);
            at += skb.fragLength(i);
        }
        skb.pool.ledger.countCopy(skb.length(), cpu);
        return n;
    }

    static @Nullable SkBuff copyHead(SkBuff skb, int headroom, Cpu cpu) {
        int room = Math.max(headroom, skb.headroom());
        SkBuff n = skb.pool.alloc(room + skb.headLength(), cpu);
        if (n == null) {
            return null;
        }
        copyLinear(skb, n, room);
        for (int i = 0; i < skb.frags(); i++) {
            shareFrag(skb, i, 0, skb.fragLength(i), skb.fragCharge(i), n);
        }
        skb.pool.ledger.countCopy(skb.headLength(), cpu);
        return n;
    }

    private static void copyLinear(SkBuff skb, SkBuff n, int room) {
        n.reserve(room);
        n.copyFields(skb);
        n.copyMarks(skb);
        n.shiftMarks(room - skb.headroom());
        int before = skb.headroom();
        int at = n.put(skb.headLength());
        skb.pool.memory.move(skb.dataAddress() - before, n.addressOf(at - before), before + skb.headLength());
    }

    private static void shareFrag(SkBuff from, int i, int skip, int length, int charge, SkBuff to) {
        from.pool.blocks.hold(from.fragBlock(i));
        to.addFrag(from.fragBlock(i), (int) from.fragAddress(i) + skip, length, charge);
        to.addTruesize(charge);
    }

    /// Bytes of the linear area from `at` on, as a fragment of `to`, which bears the charge for the whole block.
    private static void shareLinear(SkBuff from, int at, int length, SkBuff to) {
        int size = from.pool.blocks.size(from.block());
        from.pool.blocks.hold(from.block());
        to.addFrag(from.block(), (int) (from.dataAddress() + at), length, size);
        to.addTruesize(size);
    }

    static @Nullable SkBuff piece(SkBuff skb, int headers, int from, int length, boolean mayShare, Cpu cpu) {
        SkBuffPool pool = skb.pool;
        boolean share = mayShare && skb.frags() < SkBuff.MAX_FRAGS;
        int room = SkBuffPool.RX_HEADROOM;
        SkBuff n = pool.allocSplit(room + headers + (share ? 0 : length), cpu);
        if (n == null) {
            return null;
        }
        n.reserve(room);
        n.copyFields(skb);
        n.copyMarks(skb);
        n.shiftMarks(room - skb.headroom());
        skb.read(0, pool.memory.segment(), n.addressOf(n.put(headers)), headers);
        if (share) {
            shareRange(skb, from, length, n);
        } else {
            skb.read(from, pool.memory.segment(), n.addressOf(n.put(length)), length);
            pool.ledger.countCopy(length, cpu);
        }
        return n;
    }

    /// Adds the bytes `[from, from + length)` of `skb` to `to` as shared fragments, charged by their length.
    private static void shareRange(SkBuff skb, int from, int length, SkBuff to) {
        int linear = Math.min(length, skb.headLength() - from);
        int left = length;
        if (linear > 0) {
            skb.pool.blocks.hold(skb.block());
            to.addFrag(skb.block(), (int) (skb.dataAddress() + from), linear, linear);
            to.addTruesize(linear);
            left -= linear;
        }
        int skip = Math.max(0, from - skb.headLength());
        for (int i = 0; left > 0; i++) {
            int n = Math.min(left, skb.fragLength(i) - skip);
            if (n > 0) {
                shareFrag(skb, i, skip, n, n, to);
                left -= n;
                skip = 0;
            } else {
                skip -= skb.fragLength(i);
            }
        }
    }

    static boolean absorb(SkBuff into, SkBuff from, int skip, ConsumeReason why, Cpu cpu) {
        int linear = Math.max(0, from.headLength() - skip);
        int needed = from.frags() + (linear > 0 ? 1 : 0);
        if (into.frags() + needed > SkBuff.MAX_FRAGS || from.pool != into.pool) {
            return false;
        }
        if (linear > 0) {
            shareLinear(from, skip, linear, into);
        }
        int rest = Math.max(0, skip - from.headLength());
        for (int i = 0; i < from.frags(); i++) {
            int cut = Math.min(rest, from.fragLength(i));
            if (cut < from.fragLength(i)) {
                shareFrag(from, i, cut, from.fragLength(i) - cut, from.fragCharge(i), into);
            }
            rest -= cut;
        }
        from.consume(why, cpu);
        return true;
    }

    static @Nullable SkBuff split(SkBuff skb, int length, int headroom, Cpu cpu) {
        if (skb.frags() == SkBuff.MAX_FRAGS && length < skb.headLength()) {
            return null;
        }
        SkBuff rest = skb.pool.allocSplit(Math.max(headroom, 1), cpu);
        if (rest == null) {
            return null;
        }
        rest.reserve(headroom);
        rest.copyFields(skb);
        shareFrom(skb, length, rest);
        skb.trim(length, cpu);
        return rest;
    }

    /// Adds everything of `skb` from position `from` on to `rest` as shared fragments.
    private static void shareFrom(SkBuff skb, int from, SkBuff rest) {
        int linear = skb.headLength() - from;
        if (linear > 0) {
            shareLinear(skb, from, linear, rest);
        }
        int skip = Math.max(0, -linear);
        for (int i = 0; i < skb.frags(); i++) {
            int cut = Math.min(skip, skb.fragLength(i));
            if (cut < skb.fragLength(i)) {
                int charge = partOfCharge(skb, i, skb.fragLength(i) - cut);
                shareFrag(skb, i, cut, skb.fragLength(i) - cut, charge, rest);
                skb.giveCharge(i, charge);
            }
            skip -= cut;
        }
    }

    /// What `bytes` of a fragment cost: all of its charge, or as much of it as they have of its bytes.
    private static int partOfCharge(SkBuff skb, int i, int bytes) {
        return (int) ((long) skb.fragCharge(i) * bytes / skb.fragLength(i));
    }
}
