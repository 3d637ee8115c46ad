package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.packet.PacketRules;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Odd arguments, packets and states of memory.
final class HostileRules {
    private static final int CALLS = 300;
    private static final int MESSAGES = 60;
    private static final int NO_LEVEL = 9999;
    private static final int NO_NAME = 7777;

    private HostileRules() {}

    static void takesAnyArgument(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        List<Endpoint> sockets = List.of(p.sender(), p.receiver(), h.open(), h.open());
        SplittableRandom random = trial.random();
        for (int i = 0; i < CALLS; i++) {
            odd(h, sockets.get(random.nextInt(sockets.size())), random);
            if (random.nextInt(4) == 0) {
                h.rest();
            }
        }
        sockets.forEach(Endpoint::release);
        if (p.listener() != null) {
            p.listener().release();
        }
        h.checkNothingLeft("ten minutes after odd calls");
    }

    private static void odd(SocketHost h, Endpoint e, SplittableRandom random) {
        switch (random.nextInt(11)) {
            case 0 -> e.bind(address(h, random));
            case 1 -> e.connect(address(h, random));
            case 2 -> e.listen(random.nextBoolean() ? random.nextInt() : random.nextInt(3));
            case 3 -> forget(e.accept());
            case 4 -> e.shutdown(random.nextInt(3));
            case 5 -> e.name(random.nextBoolean());
            case 6 -> options(h, e, random);
            case 7 -> e.receive(random.nextInt(2000), flags(random), 1 + random.nextInt(Endpoint.STRETCH));
            default -> {
                byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(2000)];
                random.nextBytes(bytes);
                SockAddress to = random.nextBoolean() ? null : address(h, random);
                e.send(bytes, to);
            }
        }
        e.poll();
    }

    private static void forget(@Nullable Endpoint accepted) {
        if (accepted != null) {
            accepted.release();
        }
    }

    private static int flags(SplittableRandom random) {
        return random.nextBoolean() ? 0 : random.nextInt() & ~MessageFlags.TRUNC;
    }

    private static SockAddress address(SocketHost h, SplittableRandom random) {
        SockAddress nobody = h.subject.nobody();
        return switch (random.nextInt(6)) {
            case 0 -> new Foreign();
            case 1 -> nobody != null ? nobody : new Foreign();
            default -> h.subject.address(random.nextInt(6));
        };
    }

    private static void options(SocketHost h, Endpoint e, SplittableRandom random) {
        ProtoOptions options = h.ops.options();
        OptionValue value = random.nextBoolean() ? OptionValue.of(random.nextInt()) : OptionValue.of("odd");
        int level = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(20);
        int name = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(40);
        h.onCpu(cpu -> e.stretchOn(cpu, "options " + level + "/" + name, c -> all(options, e, level, name, value, c)));
    }

    private static int all(ProtoOptions options, Endpoint e, int level, int name, OptionValue value, Cpu cpu) {
        options.set(e.sock, level, name, value, cpu);
        options.get(e.sock, level, name, value, cpu);
        options.socketOptionSet(e.sock, name, cpu);
        return Math.min(0, options.ioctl(e.sock, name, value, cpu));
    }

    static void refusesOptions(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Endpoint e = h.open();
        ProtoOptions options = h.ops.options();
        int[] results = new int[3];
        h.onCpu(cpu -> e.stretchOn(cpu, "options that nobody has", c -> {
            results[0] = options.set(e.sock, NO_LEVEL, NO_NAME, OptionValue.of(1), c);
            results[1] = options.get(e.sock, NO_LEVEL, NO_NAME, new OptionValue(), c);
            results[2] = options.ioctl(e.sock, NO_NAME, new OptionValue(), c);
            return 0;
        }));
        trial.checkEqual(Errno.ENOPROTOOPT.negative(), results[0], "setting an option that does not exist");
        trial.checkEqual(Errno.ENOPROTOOPT.negative(), results[1], "reading an option that does not exist");
        trial.checkEqual(Errno.ENOTTY.negative(), results[2], "an ioctl that does not exist");
    }

    static void survivesWithoutMemory(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        for (int i = 0; i < MESSAGES; i++) {
            h.stack.packets().failEvery(1 + trial.random().nextInt(4));
            p.sender().send(h.message(), p.to());
            h.rest();
            p.receiver().receive();
        }
        h.stack.packets().failEvery(0);
        p.sender().release();
        p.receiver().release();
        if (p.listener() != null) {
            p.listener().release();
        }
        h.checkNothingLeft("ten minutes after memory was used up for a while");
        Pair again = Pair.of(h);
        again.sendAll(h.message());
        h.rest();
        trial.check(again.receiver().receive().result() > 0, "nothing arrives after memory was used up for a while");
    }

    static void takesAnyPacket(SocketSubject s, Trial trial) throws Exception {
        trial.assume(!s.frames().isEmpty(), "the subject names no frames, so no packets come from outside");
        PacketsFor frames = new PacketsFor(s);
        PacketRules.takesNoise(frames, trial);
        PacketRules.takesPacketsOfAnyLength(frames, trial);
        PacketRules.takesMutatedPackets(frames, trial);
    }
}
