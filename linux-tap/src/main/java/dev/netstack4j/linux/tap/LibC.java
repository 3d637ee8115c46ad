package dev.netstack4j.linux.tap;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// System calls through the C library, none of them `critical`: all can block. Results are those of the kernel: 0 or
/// above, or a negative error number.
final class LibC {
    /// Open for reading and writing, never wait, not for child processes.
    static final int RDWR_NONBLOCK_CLOEXEC = 0x80802;

    static final int NONBLOCK_CLOEXEC = 0x80800;

    private static final MethodHandle OPEN = find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), true);
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), false);
    private static final MethodHandle READ =
            find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), false);
    private static final MethodHandle WRITE =
            find("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), false);
    private static final MethodHandle READV =
            find("readv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT), false);
    private static final MethodHandle WRITEV =
            find("writev", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT), false);
    private static final MethodHandle IOCTL =
            find("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), true);
    private static final MethodHandle SOCKET =
            find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), false);
    private static final MethodHandle EVENTFD =
            find("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), false);
    private static final MethodHandle PPOLL =
            find("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS), false);

    private LibC() {}

    @SuppressWarnings("restricted") // calling C is what this class is for
    private static MethodHandle find(String name, FunctionDescriptor type, boolean variadic) {
        Linker linker = Linker.nativeLinker();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        Linker.Option[] options =
                variadic ? new Linker.Option[] {errno, Linker.Option.firstVariadicArg(2)} : new Linker.Option[] {errno};
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    /// Opens a file.
    static int open(CallState state, MemorySegment path, int flags) {
        try {
            return (int) state.outcome((int) OPEN.invokeExact(state.segment(), path, flags));
        } catch (Throwable e) {
            throw impossible("open", e);
        }
    }

    /// Closes a descriptor.
    static int close(CallState state, int fd) {
        try {
            return (int) state.outcome((int) CLOSE.invokeExact(state.segment(), fd));
        } catch (Throwable e) {
            throw impossible("close", e);
        }
    }

    static int read(CallState state, int fd, MemorySegment into) {
        try {
            return (int) state.outcome((long) READ.invokeExact(state.segment(), fd, into, into.byteSize()));
        } catch (Throwable e) {
            throw impossible("read", e);
        }
    }

    static int write(CallState state, int fd, MemorySegment from, long length) {
        try {
            return (int) state.outcome((long) WRITE.invokeExact(state.segment(), fd, from, length));
        } catch (Throwable e) {
            throw impossible("write", e);
        }
    }

    /// Reads into several places, one after the other.
    static int readv(CallState state, int fd, MemorySegment vectors, int count) {
        try {
            return (int) state.outcome((long) READV.invokeExact(state.segment(), fd, vectors, count));
        } catch (Throwable e) {
            throw impossible("readv", e);
        }
    }

    /// Writes from several places, one after the other.
    static int writev(CallState state, int fd, MemorySegment vectors, int count) {
        try {
            return (int) state.outcome((long) WRITEV.invokeExact(state.segment(), fd, vectors, count));
        } catch (Throwable e) {
            throw impossible("writev", e);
        }
    }

    /// Asks a device; the meaning of the argument depends on the request.
    static int ioctl(CallState state, int fd, long request, MemorySegment argument) {
        try {
            return (int) state.outcome((int) IOCTL.invokeExact(state.segment(), fd, request, argument));
        } catch (Throwable e) {
            throw impossible("ioctl", e);
        }
    }

    /// Makes a socket for datagrams over IPv4, which interfaces are asked through.
    static int controlSocket(CallState state) {
        try {
            return (int) state.outcome((int) SOCKET.invokeExact(state.segment(), 2, 0x80002, 0));
        } catch (Throwable e) {
            throw impossible("socket", e);
        }
    }

    static int eventfd(CallState state, int count, int flags) {
        try {
            return (int) state.outcome((int) EVENTFD.invokeExact(state.segment(), count, flags));
        } catch (Throwable e) {
            throw impossible("eventfd", e);
        }
    }

    static int ppoll(CallState state, MemorySegment fds, long count, MemorySegment timeout) {
        try {
            return (int)
                    state.outcome((int) PPOLL.invokeExact(state.segment(), fds, count, timeout, MemorySegment.NULL));
        } catch (Throwable e) {
            throw impossible("ppoll", e);
        }
    }

    private static IllegalStateException impossible(String call, Throwable cause) {
        return new IllegalStateException("calling " + call + " of the C library failed", cause);
    }
}
