package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Descriptors. The lowest free one is taken first, from 0; a reserved one leads nowhere until a file is installed.
@Linux("fs/file.c#alloc_fd")
final class FdTable {
    private final SpinLock lock;
    private final SocketSysctls sysctls;
    private volatile @Nullable OpenFile[] files = new @Nullable OpenFile[64]; // written under lock, read without
    private boolean[] taken = new boolean[64]; // under lock
    private int lowest; // under lock: nothing below is free

    @Inject
    FdTable(Sync sync, SocketSysctls sysctls) {
        this.lock = sync.spinLock("fd.table");
        this.sysctls = sysctls;
    }

    /// The file of a descriptor, or null.
    @Nullable
    OpenFile get(int fd) {
        @Nullable OpenFile[] now = files;
        return fd >= 0 && fd < now.length ? now[fd] : null;
    }

    /// The file of a descriptor that leads to a socket, or null.
    @Nullable
    OpenFile socket(int fd) {
        OpenFile file = get(fd);
        return file == null || !file.isSocket() ? null : file;
    }

    /// Why [#socket] found none.
    @Linux("net/socket.c#sockfd_lookup_light")
    int refusal(int fd) {
        return (get(fd) == null ? Errno.EBADF : Errno.ENOTSOCK).negative();
    }

    /// Takes a descriptor.
    ///
    /// @return the descriptor, or EMFILE
    int reserve() {
        int most = sysctls.maxFiles.get();
        int fd = tryReserve(most);
        while (fd == NO_ROOM) {
            grow();
            fd = tryReserve(most);
        }
        return fd;
    }

    private static final int NO_ROOM = Integer.MIN_VALUE;

    private int tryReserve(int most) {
        lock.lock();
        try {
            int fd = lowest;
            while (fd < taken.length && taken[fd]) {
                fd++;
            }
            lowest = fd;
            if (fd >= most) {
                return Errno.EMFILE.negative();
            }
            if (fd == taken.length) {
                return NO_ROOM;
            }
            taken[fd] = true;
            lowest = fd + 1;
            return fd;
        } finally {
            lock.unlock();
        }
    }

    private void grow() {
        int wanted = files.length * 2;
        @Nullable OpenFile[] longerFiles = new @Nullable OpenFile[wanted];
        boolean[] longerTaken = new boolean[wanted];
        lock.lock();
        try {
            if (files.length < wanted) {
                System.arraycopy(files, 0, longerFiles, 0, files.length);
                System.arraycopy(taken, 0, longerTaken, 0, taken.length);
                taken = longerTaken;
                files = longerFiles;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets a reserved descriptor lead to a file.
    void install(int fd, OpenFile file) {
        lock.lock();
        try {
            file.descriptors++;
            files[fd] = file;
        } finally {
            lock.unlock();
        }
    }

    /// Gives a reserved descriptor back.
    void unreserve(int fd) {
        lock.lock();
        try {
            free(fd);
        } finally {
            lock.unlock();
        }
    }

    private void free(int fd) {
        taken[fd] = false;
        lowest = Math.min(lowest, fd);
    }

    /// What [#remove] found.
    enum Removed {
        /// No such descriptor.
        NONE,
        /// Others lead to the file still.
        SHARED,
        /// It was the file's last.
        LAST
    }

    /// Takes a descriptor out if it still leads to `file`.
    Removed remove(int fd, OpenFile file) {
        lock.lock();
        try {
            if (files[fd] != file) {
                return Removed.NONE;
            }
            files[fd] = null;
            free(fd);
            return --file.descriptors == 0 ? Removed.LAST : Removed.SHARED;
        } finally {
            lock.unlock();
        }
    }

    /// Open descriptors, ascending.
    int[] open() {
        @Nullable OpenFile[] now = files;
        int[] found = new int[now.length];
        int n = 0;
        for (int fd = 0; fd < now.length; fd++) {
            if (now[fd] != null) {
                found[n++] = fd;
            }
        }
        return Arrays.copyOf(found, n);
    }
}
