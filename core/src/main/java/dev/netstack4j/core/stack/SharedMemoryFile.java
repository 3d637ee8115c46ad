package dev.netstack4j.core.stack;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Memory that is a file without a name: another process opens it through this process's list of descriptors. So
/// nothing is left behind, even when this process is killed.
final class SharedMemoryFile implements AutoCloseable {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final FileChannel channel;
    private final Path path;

    private SharedMemoryFile(FileChannel channel, Path path) {
        this.channel = channel;
        this.path = path;
    }

    /// Makes one.
    ///
    /// @throws IOException with a sentence when this system has no such files or too little room for them
    static SharedMemoryFile create(long bytes) throws IOException {
        if (!Files.isDirectory(IN_MEMORY) || !Files.isDirectory(DESCRIPTORS)) {
            throw new IOException("Memory that is shared with other processes needs /dev/shm and /proc, as on Linux.");
        }
        long room = Files.getFileStore(IN_MEMORY).getUsableSpace();
        if (room < bytes) {
            throw new IOException("The stack's memory of " + (bytes >> 20) + " MiB is to be shared, and /dev/shm has"
                    + " room for " + (room >> 20) + " MiB; give the stack less memory or /dev/shm more.");
        }
        Path name = Files.createTempFile(
                IN_MEMORY,
                "netstack4j-",
                ".ram",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileChannel channel = FileChannel.open(
                name,
                EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        boolean made = false;
        try {
            SharedMemoryFile file = new SharedMemoryFile(channel, descriptor(name));
            made = true;
            return file;
        } finally {
            if (!made) {
                channel.close();
            }
        }
    }

    /// The descriptor that was opened under that name, as other processes find it.
    private static Path descriptor(Path name) throws IOException {
        Path own = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path fd : all) {
                Path number = fd.getFileName();
                if (number != null && pointsTo(fd, name)) {
                    return own.resolve(number);
                }
            }
        }
        throw new IOException("The descriptor of " + name + " was not found in " + DESCRIPTORS + ".");
    }

    private static boolean pointsTo(Path fd, Path name) {
        try {
            String target = Files.readSymbolicLink(fd).toString();
            return Set.of(name.toString(), name + " (deleted)").contains(target);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    MemorySegment map(long bytes, Arena arena) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
    }

    /// Where other processes find it.
    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
