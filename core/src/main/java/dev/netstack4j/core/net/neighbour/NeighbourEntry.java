package dev.netstack4j.core.net.neighbour;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Timer;
import org.jspecify.annotations.Nullable;

/// One neighbour and its state machine. What is known of it is read without the lock; every change of state holds it,
/// and nothing is called with it held: what is to be sent, asked or dropped is decided under it and done afterwards.
@Linux("net/core/neighbour.c#neigh_timer_handler")
@Rfc("4861#7.3")
final class NeighbourEntry implements Neighbour {
    volatile @Nullable NeighbourEntry nextInBucket; // written under the table's lock

    private final NeighbourCache cache;
    private final NeighbourServices services;
    private final IpAddress address;
    private final NetDevice device;
    private final SpinLock lock;
    private final Timer timer;
    private final WaitingPackets waiting = new WaitingPackets();
    private volatile NudState state = NudState.NONE;
    private volatile MacAddress mac = MacAddress.ZERO;
    private volatile @Nullable LinkHeader header;
    private volatile boolean alive = true;
    private volatile long confirmedNanos;
    private volatile long usedNanos;
    private volatile long updatedNanos;
    private int probes;

    NeighbourEntry(NeighbourCache cache, NeighbourServices services, IpAddress address, NetDevice device, long now) {
        this.cache = cache;
        this.services = services;
        this.address = address;
        this.device = device;
        this.lock = services.sync.spinLock("neighbour");
        this.timer = services.timers.coarse("neighbour", this::expired);
        this.usedNanos = now;
        this.updatedNanos = now;
        this.confirmedNanos = now - 2 * cache.settings().reachableNanos(now);
    }

    @Override
    public IpAddress address() {
        return address;
    }

    @Override
    public NetDevice device() {
        return device;
    }

    @Override
    public MacAddress macAddress() {
        return mac;
    }

    @Override
    public NudState state() {
        return state;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public void confirm(Cpu cpu) {
        confirmedNanos = cpu.nowNanos();
    }

    long usedNanos() {
        return usedNanos;
    }

    // ---- sending

    @Override
    public long updatedNanos() {
        return updatedNanos;
    }

    @Override
    public int output(SkBuff skb, Cpu cpu) {
        return state.isConnected() ? send(skb, cpu) : resolve(skb, cpu);
    }

    @Linux("net/core/neighbour.c#neigh_hh_output")
    private int send(SkBuff skb, Cpu cpu) {
        LinkHeader h = header;
        if (h == null) {
            h = buildHeader(cpu);
        }
        if (!h.push(skb, cpu)) {
            skb.drop(services.noMemory, cpu);
            return Errno.ENOBUFS.negative();
        }
        skb.dev(device);
        return services.link.devQueueXmit(skb, cpu);
    }

    /// Under the lock, so that no address which is just being replaced gets into it.
    private LinkHeader buildHeader(Cpu cpu) {
        int etherType = cache.etherType();
        lock.lock();
        LinkHeader made = new LinkHeader(
                mac.bits(),
                device.macAddress().bits(),
                etherType,
                device.config().linkHeaderLength());
        header = made;
        lock.unlock();
        services.headerBuilds.increment(cpu);
        return made;
    }

    /// Not known for sure: sends while it is known at all, else keeps the packet and asks.
    @Linux("net/core/neighbour.c#__neigh_event_send")
    private int resolve(SkBuff skb, Cpu cpu) {
        SkBuffQueue pushedOut = cache.scratch(cpu);
        boolean ask = false;
        lock.lock();
        if (!alive) {
            lock.unlock();
            skb.drop(services.gone, cpu);
            return Errno.EHOSTUNREACH.negative();
        }
        usedNanos = cpu.nowNanos();
        if (state == NudState.STALE) {
            enter(NudState.DELAY, cache.settings().delayNanos(), cpu);
        } else if (state == NudState.NONE || state == NudState.FAILED) {
            ask = true;
            probes = 1;
            enter(NudState.INCOMPLETE, cache.settings().retransNanos(), cpu);
        }
        boolean usable = state.isValid();
        if (!usable) {
            waiting.add(skb, cache.settings(), pushedOut);
        }
        lock.unlock();
        if (usable) {
            return send(skb, cpu);
        }
        dropPushedOut(pushedOut, cpu);
        if (ask) {
            solicit(cpu);
        }
        return 0;
    }

    private void dropPushedOut(SkBuffQueue packets, Cpu cpu) {
        if (!packets.isEmpty()) {
            services.discards.add(cpu, packets.length());
            packets.dropAll(services.queueFull, cpu);
        }
    }

    /// Changes the state and arms the timer. Under the lock.
    private void enter(NudState next, long nanos, Cpu cpu) {
        state = next;
        updatedNanos = cpu.nowNanos();
        timer.arm(cpu.nowNanos() + nanos, cpu);
    }

    /// Asks. The packet that waits longest is shown to the asker as a clone, because it may be sent meanwhile.
    private void solicit(Cpu cpu) {
        lock.lock();
        SkBuff first = waiting.first();
        SkBuff shown = first == null ? null : first.clone(cpu);
        lock.unlock();
        services.solicits.increment(cpu);
        cache.solicit(this, shown, cpu);
        if (shown != null) {
            shown.consume(services.shown, cpu);
        }
    }

    // ---- learning

    @Override
    public void update(MacAddress learnt, NudState next, boolean override, Cpu cpu) {
        if (!next.isValid() || !learnt.isValidStation()) {
            return;
        }
        SkBuffQueue released = new SkBuffQueue();
        lock.lock();
        if (mayLearn(learnt, override)) {
            learn(learnt, next, released, cpu);
        }
        lock.unlock();
        sendAll(released, cpu);
    }

    /// What was set by hand stays, and a known address is replaced only by somebody who insists.
    private boolean mayLearn(MacAddress learnt, boolean override) {
        if (!alive || state == NudState.PERMANENT || state == NudState.NOARP) {
            return false;
        }
        return !state.isValid() || override || learnt.equals(mac);
    }

    private void learn(MacAddress learnt, NudState next, SkBuffQueue released, Cpu cpu) {
        boolean same = state.isValid() && learnt.equals(mac);
        if (same && next == NudState.STALE && state == NudState.REACHABLE) {
            return; // nothing new, and it is known better than that
        }
        if (!learnt.equals(mac)) {
            mac = learnt;
            header = null;
        }
        long updated = same && next == state ? updatedNanos : cpu.nowNanos();
        timer.cancel(cpu);
        probes = 0;
        if (next == NudState.REACHABLE) {
            confirmedNanos = cpu.nowNanos();
            enter(next, cache.settings().reachableNanos(cpu.nowNanos()), cpu);
        } else {
            state = next;
        }
        updatedNanos = updated;
        waiting.takeAll(released);
    }

    private void sendAll(SkBuffQueue packets, Cpu cpu) {
        for (SkBuff skb = packets.poll(); skb != null; skb = packets.poll()) {
            output(skb, cpu);
        }
    }

    /// Fixes the address without asking.
    void fix(MacAddress known, NudState fixed, Cpu cpu) {
        SkBuffQueue released = new SkBuffQueue();
        lock.lock();
        if (alive) {
            mac = known;
            header = null;
            timer.cancel(cpu);
            state = fixed;
            updatedNanos = cpu.nowNanos();
            waiting.takeAll(released);
        }
        lock.unlock();
        sendAll(released, cpu);
    }

    // ---- time

    private void expired(Cpu cpu) {
        SkBuffQueue lost = new SkBuffQueue();
        long now = cpu.nowNanos();
        lock.lock();
        boolean ask = alive && step(now, lost, cpu);
        lock.unlock();
        tellFailed(lost, cpu);
        if (ask) {
            solicit(cpu);
        }
    }

    /// One step of the state machine. Under the lock.
    ///
    /// @return whether to ask
    private boolean step(long now, SkBuffQueue lost, Cpu cpu) {
        return switch (state) {
            case REACHABLE -> reachableExpired(now, cpu);
            case DELAY -> delayExpired(now, cpu);
            case PROBE -> probeAgain(cache.settings().unicastProbes(), lost, cpu);
            case INCOMPLETE -> probeAgain(cache.settings().multicastProbes(), lost, cpu);
            default -> false;
        };
    }

    private boolean reachableExpired(long now, Cpu cpu) {
        long left = confirmedNanos + cache.settings().reachableNanos(now) - now;
        if (left > 0) {
            timer.arm(now + left, cpu);
        } else if (now < usedNanos + cache.settings().delayNanos()) {
            enter(NudState.DELAY, cache.settings().delayNanos(), cpu);
        } else {
            state = NudState.STALE;
            updatedNanos = now;
        }
        return false;
    }

    private boolean delayExpired(long now, Cpu cpu) {
        if (confirmedNanos + cache.settings().delayNanos() >= now) {
            enter(NudState.REACHABLE, cache.settings().reachableNanos(now), cpu);
            return false;
        }
        enter(NudState.PROBE, cache.settings().retransNanos(), cpu);
        probes = 1;
        return true;
    }

    private boolean probeAgain(int most, SkBuffQueue lost, Cpu cpu) {
        if (probes >= most) {
            state = NudState.FAILED;
            header = null;
            updatedNanos = cpu.nowNanos();
            services.failures.increment(cpu);
            waiting.takeAll(lost);
            return false;
        }
        probes++;
        timer.arm(cpu.nowNanos() + cache.settings().retransNanos(), cpu);
        return true;
    }

    private void tellFailed(SkBuffQueue lost, Cpu cpu) {
        for (SkBuff skb = lost.poll(); skb != null; skb = lost.poll()) {
            int handovers = skb.handovers();
            cache.failed(this, skb, cpu);
            if (skb.isLive() && skb.handovers() == handovers) {
                skb.drop(services.unreachable, cpu);
            }
        }
    }

    /// Ends it: packets that wait are dropped. It has left the table.
    void die(DropReason why, Cpu cpu) {
        SkBuffQueue lost = new SkBuffQueue();
        lock.lock();
        alive = false;
        state = NudState.FAILED;
        timer.cancel(cpu);
        waiting.takeAll(lost);
        lock.unlock();
        lost.dropAll(why, cpu);
    }

    /// Whether it may be forgotten to make room: nobody set it, it is not being asked for, and nothing was learnt for
    /// long.
    boolean isForgettable(long now, long idleNanos) {
        NudState s = state;
        if (s == NudState.PERMANENT || s == NudState.NOARP && now - usedNanos < idleNanos) {
            return false;
        }
        return s == NudState.FAILED
                || s == NudState.NONE
                || now - Math.max(confirmedNanos, Math.max(updatedNanos, usedNanos)) >= idleNanos;
    }

    @Override
    public String toString() {
        return address + " dev " + device + " lladdr " + mac + " " + state;
    }
}
