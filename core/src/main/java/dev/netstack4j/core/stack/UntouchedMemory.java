package dev.netstack4j.core.stack;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/// Memory of which only what was touched takes room, so that a stack that does little is made at once and is small. An
/// arena clears all that it gives out, which for 64 MiB takes longer than everything else in the making of a stack.
final class UntouchedMemory {
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    /// A page that cannot be had when it is first touched ends the process, so the room must be plentiful.
    private static final long PLENTY = 8;

    private static final System.Logger LOG = System.getLogger("dev.netstack4j.core.stack");

    private UntouchedMemory() {}

    /// Zeroes, aligned to a page at least.
    static MemorySegment allocate(long bytes, Arena arena) {
        try {
            if (Files.isDirectory(IN_MEMORY) && Files.getFileStore(IN_MEMORY).getUsableSpace() / PLENTY >= bytes) {
                return map(bytes, arena);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "memory is cleared at once", e);
        }
        return arena.allocate(bytes, 4096);
    }

    private static MemorySegment map(long bytes, Arena arena) throws IOException {
        Path name = Files.createTempFile(
                IN_MEMORY,
                "ram-netstack4j-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel file = FileChannel.open(
                name,
                EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE))) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        }
    }
}
