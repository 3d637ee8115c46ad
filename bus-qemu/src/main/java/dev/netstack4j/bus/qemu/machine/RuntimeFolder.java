package dev.netstack4j.bus.qemu.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The folder of one QEMU process: its sockets, its firmware, what it says on standard error. Its name says to which
/// process of this user it belongs, so that the next start finds what a killed one has left behind.
///
/// @param path the folder
record RuntimeFolder(Path path) {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int MOST_TRIES = 10_000;

    Path registers() {
        return path.resolve("qtest");
    }

    Path frames() {
        return path.resolve("frames");
    }

    Path control() {
        return path.resolve("qmp");
    }

    Path firmware() {
        return path.resolve("firmware");
    }

    Path errors() {
        return path.resolve("errors");
    }

    /// A new one of this process.
    static RuntimeFolder create() throws IOException {
        Path parent = parent();
        String prefix = Owner.current().prefix();
        for (int n = 0; n < MOST_TRIES; n++) {
            Path path = parent.resolve(prefix + n);
            if (isNew(path)) {
                return new RuntimeFolder(path);
            }
        }
        throw new IOException("There are too many folders in " + parent + ".");
    }

    private static boolean isNew(Path path) throws IOException {
        try {
            Files.createDirectory(path, PRIVATE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /// The private folder of this user, in which all are.
    static Path parent() throws IOException {
        String forUser = System.getenv("XDG_RUNTIME_DIR");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path base = forUser != null && Files.isDirectory(Path.of(forUser)) ? Path.of(forUser) : temporary;
        Path parent = base.resolve("netstack4j-qemu-" + System.getProperty("user.name"));
        try {
            Files.createDirectory(parent, PRIVATE);
        } catch (FileAlreadyExistsException e) {
            checkPrivate(parent);
        }
        return parent;
    }

    private static void checkPrivate(Path parent) throws IOException {
        boolean mine =
                Files.getAttribute(parent, "unix:uid").equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        boolean closed = PosixFilePermissions.toString(Files.getPosixFilePermissions(parent))
                .equals("rwx------");
        if (!mine || !closed || Files.isSymbolicLink(parent)) {
            throw new IOException(parent + " is not a private folder of this user; remove it.");
        }
    }

    /// Removes it with all that is in it.
    void delete() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path f : files) {
                Files.deleteIfExists(f);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Another sweep removes it at the same time, or the next one will.
            System.getLogger(RuntimeFolder.class.getName()).log(System.Logger.Level.DEBUG, "remove " + path, e);
        }
    }
}
