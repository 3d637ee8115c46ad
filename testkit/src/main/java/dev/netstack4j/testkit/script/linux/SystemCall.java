package dev.netstack4j.testkit.script.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// One function of the C library whose arguments are all numbers or pointers. Results are those of the kernel: 0 or
/// above, or a negative error number.
enum SystemCall {
    UNSHARE("unshare", false, JAVA_INT),
    OPEN("open", true, ADDRESS, JAVA_INT),
    CLOSE("close", false, JAVA_INT),
    READ("read", false, JAVA_INT, ADDRESS, JAVA_LONG),
    WRITE("write", false, JAVA_INT, ADDRESS, JAVA_LONG),
    IOCTL("ioctl", true, JAVA_INT, JAVA_LONG, ADDRESS),
    FCNTL("fcntl", true, JAVA_INT, JAVA_INT, JAVA_LONG),
    POLL("poll", false, ADDRESS, JAVA_LONG, JAVA_INT),
    DUP("dup", false, JAVA_INT),
    SOCKET("socket", false, JAVA_INT, JAVA_INT, JAVA_INT),
    BIND("bind", false, JAVA_INT, ADDRESS, JAVA_INT),
    CONNECT("connect", false, JAVA_INT, ADDRESS, JAVA_INT),
    LISTEN("listen", false, JAVA_INT, JAVA_INT),
    ACCEPT("accept", false, JAVA_INT, ADDRESS, ADDRESS),
    SENDTO("sendto", false, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
    RECVFROM("recvfrom", false, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS),
    SHUTDOWN("shutdown", false, JAVA_INT, JAVA_INT),
    SETSOCKOPT("setsockopt", false, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
    GETSOCKOPT("getsockopt", false, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS),
    GETSOCKNAME("getsockname", false, JAVA_INT, ADDRESS, ADDRESS),
    GETPEERNAME("getpeername", false, JAVA_INT, ADDRESS, ADDRESS);

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle handle;

    @SuppressWarnings("restricted") // calling C is what this class is for
    SystemCall(String name, boolean variadic, MemoryLayout... arguments) {
        boolean counts = "read write sendto recvfrom".contains(name);
        Linker linker = Linker.nativeLinker();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        Linker.Option[] options =
                variadic ? new Linker.Option[] {errno, Linker.Option.firstVariadicArg(2)} : new Linker.Option[] {errno};
        FunctionDescriptor type = FunctionDescriptor.of(counts ? JAVA_LONG : JAVA_INT, arguments);
        handle = linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    /// Calls it.
    ///
    /// @param arguments numbers as Integer or Long, pointers as MemorySegment, each as the function declares them
    long call(Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            Object[] all = new Object[arguments.length + 1];
            all[0] = state;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            long result = ((Number) handle.invokeWithArguments(all)).longValue();
            return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("calling " + this + " of the C library failed", e);
        }
    }
}
