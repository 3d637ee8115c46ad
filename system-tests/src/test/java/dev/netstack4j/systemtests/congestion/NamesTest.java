package dev.netstack4j.systemtests.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.settings.TextSysctl;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import org.junit.jupiter.api.Test;

/// Congestion controls are chosen by name, and names that nobody brings are refused.
class NamesTest {
    private static StackBuilder builder(VirtualRuntime time) {
        return StackFactory.find()
                .builder()
                .name("host")
                .runtime(time)
                .memory(4L << 20)
                .discover(NamesTest.class.getClassLoader());
    }

    private static int choose(Stack host, int fd, String name) {
        return host.sockets().setsockopt(fd, SocketOption.SOL_TCP, SocketOption.TCP_CONGESTION, OptionValue.of(name));
    }

    private static String chosen(Stack host, int fd) {
        OptionValue v = new OptionValue();
        host.sockets().getsockopt(fd, SocketOption.SOL_TCP, SocketOption.TCP_CONGESTION, v);
        return v.text();
    }

    @Test
    void theStacksNameHoldsUntilASocketChoosesAnother() throws AssemblyException {
        try (VirtualRuntime time = StackFactory.find().virtualTime(1);
                Stack host = builder(time)
                        .sysctl("net.ipv4.tcp_congestion_control", "reno")
                        .build()) {
            int fd = host.sockets().socket(AddressFamily.INET.number(), SocketType.STREAM, 0);
            assertEquals("reno", chosen(host, fd));
            assertEquals(0, choose(host, fd, "dctcp"));
            assertEquals("dctcp", chosen(host, fd));
            assertEquals(Errno.ENOENT.negative(), choose(host, fd, "westwood"));
            assertEquals("dctcp", chosen(host, fd));
            host.sockets().close(fd);
        }
    }

    @Test
    void theNamesAreListedAndCannotBeSet() throws AssemblyException {
        try (VirtualRuntime time = StackFactory.find().virtualTime(1);
                Stack host = builder(time).build()) {
            TextSysctl s = host.service(Sysctls.class).findText("net.ipv4.tcp_available_congestion_control");
            assertNotNull(s);
            assertTrue(
                    s.get().contains("reno")
                            && s.get().contains("cubic")
                            && s.get().contains("dctcp"),
                    s.get());
            assertThrows(IllegalArgumentException.class, () -> s.set("reno"));
        }
    }

    @Test
    void aNameThatNobodyBringsIsToldBeforeTheStackRuns() {
        try (VirtualRuntime time = StackFactory.find().virtualTime(1)) {
            StackBuilder wrong = builder(time).sysctl("net.ipv4.tcp_congestion_control", "westwood");
            String told = assertThrows(AssemblyException.class, wrong::build).getMessage();
            assertTrue(told.contains("westwood"), told);
            StackBuilder unknown = builder(time).sysctl("net.ipv4.tcp_colour", "blue");
            assertTrue(assertThrows(AssemblyException.class, unknown::build)
                    .getMessage()
                    .contains("tcp_colour"));
        }
    }
}
