package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.buffer.PhysicalMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Memory that another process can map: for a bus whose devices live in one. Gone when it is closed.
final class SharedFile implements AutoCloseable {
    private final Path path;
    private final Arena arena = Arena.ofShared();
    private final PhysicalMemory memory;

    SharedFile(long bytes) throws IOException {
        path = Files.createTempFile("netstack4j-kit", ".memory");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = new PhysicalMemory(file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena), 0);
        }
    }

    Path path() {
        return path;
    }

    PhysicalMemory memory() {
        return memory;
    }

    @Override
    public void close() throws IOException {
        arena.close();
        Files.deleteIfExists(path);
    }
}
