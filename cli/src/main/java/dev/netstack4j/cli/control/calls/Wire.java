package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;
import dev.netstack4j.api.stack.Links;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.host.Host;
import dev.netstack4j.cli.control.link.ControlLink;
import dev.netstack4j.cli.control.link.Frame;
import dev.netstack4j.cli.control.link.LinkSettings;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import org.jspecify.annotations.Nullable;

/// Links and their frames: net.send, net.recv, link.add and link.set.
final class Wire {
    private static final long MILLI = 1_000_000L;
    private static final int MOST_STEPS = 100_000;

    private final Execution execution;

    Wire(Execution execution) {
        this.execution = execution;
    }

    private @Nullable ControlLink link(Call call) throws Fault {
        ControlLink link = execution.host().links().find(call.request().textOrNull("link"));
        if (link == null) {
            call.reply().error(Errno.ENODEV, "there is no such link; name one of those made with link.add");
        }
        return link;
    }

    private static void tellDropped(Call call, ControlLink link) {
        long dropped = link.takeDropped();
        if (dropped > 0) {
            call.reply().put("dropped", dropped);
        }
    }

    // ---- frames

    void send(Call call) throws Fault, NetException {
        byte[] packet = call.request().hex("packet");
        ControlLink link = link(call);
        if (link != null) {
            link.send(packet);
            call.reply().result(0);
            tellDropped(call, link);
        }
    }

    void recv(Call call) throws Fault {
        Request r = call.request();
        long until = r.number("until", Long.MAX_VALUE);
        ControlLink link = link(call);
        if (link == null) {
            return;
        }
        VirtualRuntime virtual = execution.host().virtual();
        Errno none = virtual != null ? step(virtual, link, until) : await(link, until);
        Frame frame = none == null ? link.poll() : null;
        if (frame == null) {
            call.reply().result((none == null ? Errno.EAGAIN : none).negative());
        } else {
            call.reply().result(0);
            call.reply().put("time", frame.timeNanos()).bytes("packet", frame.bytes(), frame.bytes().length);
        }
        tellDropped(call, link);
    }

    private @Nullable Errno await(ControlLink link, long millis) {
        long now = execution.host().clock().nanos();
        boolean forEver = millis == Long.MAX_VALUE || millis < 0;
        long deadline = forEver ? WaitQueue.FOREVER : now + Math.min(millis, Long.MAX_VALUE / MILLI / 2) * MILLI;
        WaitResult result = link.await(deadline);
        return switch (result) {
            case WOKEN -> null;
            case TIMED_OUT -> Errno.ETIMEDOUT;
            case INTERRUPTED -> Errno.EINTR;
        };
    }

    private static @Nullable Errno step(VirtualRuntime runtime, ControlLink link, long until) {
        runtime.runDue();
        for (int i = 0; link.isEmpty(); i++) {
            long next = runtime.nextDeadlineNanos();
            if (next == Long.MAX_VALUE || i == MOST_STEPS) {
                return Errno.ETIMEDOUT;
            }
            if (next > until) {
                runtime.advance(Math.max(0, until - runtime.clock().nanos()));
                return link.isEmpty() ? Errno.ETIMEDOUT : null;
            }
            runtime.step();
        }
        return null;
    }

    // ---- links

    void add(Call call) throws Fault, NetException {
        Host host = execution.host();
        ControlLink link = host.links().add(settings(call.request()), execution.isVirtual());
        host.stack().links().up(link.device());
        call.reply().result(0);
    }

    /// What a request says of a link.
    static LinkSettings settings(Request r) throws Fault {
        String name = r.text("name");
        if (!name.matches("[A-Za-z0-9_.-]{1,15}")) {
            throw Fault.field("name", "must be 1 to 15 letters, digits, '_', '.' or '-'");
        }
        String mode = r.text("mode");
        if (!mode.equals("ip") && !mode.equals("ethernet")) {
            throw Fault.field("mode", "must be 'ip' or 'ethernet'");
        }
        return new LinkSettings(name, mode.equals("ethernet"), mtu(r), mac(r), gsoMax(r));
    }

    private static int mtu(Request r) throws Fault {
        long mtu = r.number("mtu", 1500);
        if (mtu < LinkSettings.LEAST_MTU || mtu > LinkSettings.MOST_MTU) {
            throw Fault.field("mtu", "is not in " + LinkSettings.LEAST_MTU + ".." + LinkSettings.MOST_MTU);
        }
        return (int) mtu;
    }

    private static int gsoMax(Request r) throws Fault {
        long bytes = r.number("gso_max", 0);
        if (r.has("gso_max") && (bytes < 1 || bytes > LinkSettings.MOST_GSO)) {
            throw Fault.field("gso_max", "is not in 1.." + LinkSettings.MOST_GSO);
        }
        return (int) bytes;
    }

    static MacAddress mac(Request r) throws Fault {
        String text = r.textOrNull("mac");
        try {
            return text == null ? MacAddress.ZERO : MacAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw Fault.field("mac", "is no MAC address");
        }
    }

    void set(Call call) throws Fault, NetException {
        Request r = call.request();
        NetDevice device = Devices.named(execution.host().stack(), r.text("name"));
        Links links = execution.host().stack().links();
        if (r.has("mtu")) {
            links.mtu(device, r.integer("mtu"));
        }
        if (r.has("up")) {
            boolean up = r.flag("up");
            if (up && !device.isUp()) {
                links.up(device);
            } else if (!up && device.isUp()) {
                links.down(device);
            }
        }
        call.reply().result(0);
    }
}
