package dev.netstack4j.cli.pcapng;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.stack.Stack;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A tap that writes every frame of one device to a pcapng file, as the stack hands them to the driver and gets them
/// from it: a checksum that the device completes is still partial here. It writes from the CPU that moves the packet,
/// so that no frame is lost; the stack runs at the speed of the disk meanwhile. For stacks of one CPU.
public final class DeviceCapture implements PacketHandler, Closeable {
    private final PcapngWriter writer;
    private final Clock clock;
    private final ConsumeReason captured;
    private final Registration registration;
    private @Nullable IOException failure;
    private long frames;

    private DeviceCapture(Stack stack, NetDevice device, PcapngWriter writer) {
        this.writer = writer;
        clock = stack.runtime().clock();
        captured = stack.packets().ledger().consume("CAPTURED", "copied to a capture file");
        registration = stack.service(PacketTypes.class).add(EtherType.ALL, device, this, "capture");
    }

    /// Begins to capture.
    public static DeviceCapture start(Stack stack, NetDevice device, Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new DeviceCapture(stack, device, new PcapngWriter(channel, stack.name() + "." + device.name()));
    }

    @Override
    public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
        if (failure == null) {
            try {
                write(skb);
                frames++;
            } catch (IOException e) {
                failure = e;
            }
        }
        skb.consume(captured, cpu);
    }

    private void write(SkBuff skb) throws IOException {
        // The clone's own offsets may move: back to the link-layer header.
        skb.push(skb.data() - skb.macHeader());
        int kept = Math.min(skb.length(), PcapngWriter.SNAP_LENGTH);
        ByteBuffer into = writer.beginPacket(clock.wallNanos(), kept, skb.length());
        skb.read(0, MemorySegment.ofBuffer(into), 0, kept);
        into.position(into.position() + kept);
        writer.endPacket(
                skb.kind() == PacketKind.OUTGOING ? PcapngWriter.Direction.OUTBOUND : PcapngWriter.Direction.INBOUND);
    }

    /// Frames written.
    public long frames() {
        return frames;
    }

    /// Ends the capture and the file.
    ///
    /// @throws IOException also when writing failed earlier
    @Override
    public void close() throws IOException {
        registration.close();
        IOException earlier = failure;
        if (earlier != null) {
            throw earlier;
        }
        writer.close();
    }
}
