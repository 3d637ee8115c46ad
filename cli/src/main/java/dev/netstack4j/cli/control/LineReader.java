package dev.netstack4j.cli.control;

import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/// Lines from a channel, of bounded length.
final class LineReader {
    private final ReadableByteChannel in;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10).flip();

    LineReader(ReadableByteChannel in) {
        this.in = in;
    }

    /// The next line without its end; null at the end of the input. What stands behind the last end is no line.
    ///
    /// @throws Fault when the line is too long
    byte @Nullable [] next() throws IOException, Fault {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (buffer.hasRemaining()) {
                byte b = buffer.get();
                if (b == '\n') {
                    return line.toByteArray();
                }
                if (line.size() == JsonText.LONGEST) {
                    throw new Fault(Fault.Kind.TOO_LONG, "a line has at most " + JsonText.LONGEST + " bytes");
                }
                line.write(b);
            }
            buffer.clear();
            int n = in.read(buffer);
            buffer.flip();
            if (n < 0) {
                return null;
            }
        }
    }
}
