package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

/// A third party's socket family, contributed to a whole stack and used through the ordinary calls.
class FamilyInAStackTest {
    private record PipeModule(String name) implements StackModule {
        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {
            c.socket(PipeAddress.FAMILY, 1, 7, PipeOps.class);
        }
    }

    private static Stack stack(VirtualRuntime runtime, String name) throws AssemblyException {
        return StackFactory.find()
                .builder()
                .name(name)
                .memory(4 << 20)
                .runtime(runtime)
                .with(new PipeModule("one"))
                .build();
    }

    @Test
    @Mechanism("B7")
    void its_sockets_work_through_the_ordinary_calls_and_in_one_stack_only() throws AssemblyException {
        VirtualRuntime runtime = StackFactory.find().virtualTime(3);
        try (Stack a = stack(runtime, "a");
                Stack b = stack(runtime, "b")) {
            SystemCalls calls = a.sockets();
            int server = calls.socket(200, 1, 0);
            calls.bind(server, new PipeAddress("x"));
            assertEquals(0, calls.listen(server, 1));
            int elsewhere = b.sockets().socket(200, 1, 0);
            assertEquals(Errno.ECONNREFUSED.negative(), b.sockets().connect(elsewhere, new PipeAddress("x")));
            int client = calls.socket(200, 1, 0);
            assertEquals(0, calls.connect(client, new PipeAddress("x")));
            int child = calls.accept(server);
            AppThread writer = runtime.start("writer", () -> assertEquals(2, calls.write(client, new byte[2], 0, 2)));
            assertEquals(2, calls.recvmsg(child, new Message().bytes(new byte[9], 0, 9)));
            writer.join();
            assertTrue(a.packets().isBalanced());
            assertEquals(0, b.packets().ledger().allocated());
        }
    }

    @Test
    @Mechanism("B5")
    void closing_the_stack_closes_its_sockets_in_order_and_leaves_no_packet() throws AssemblyException {
        VirtualRuntime runtime = StackFactory.find().virtualTime(3);
        Stack stack = stack(runtime, "a");
        SystemCalls calls = stack.sockets();
        int server = calls.socket(200, 1, 0);
        calls.bind(server, new PipeAddress("x"));
        calls.listen(server, 1);
        int client = calls.socket(200, 1, 0);
        calls.connect(client, new PipeAddress("x"));
        assertEquals(5, calls.write(client, new byte[5], 0, 5));
        int child = calls.accept(server);
        AppThread reader = runtime.start(
                "reader",
                () -> assertEquals(
                        Errno.EBADF.negative(),
                        calls.recvmsg(
                                child, new Message().bytes(new byte[9], 0, 9).flags(0x100))));
        runtime.runDue();
        stack.close();
        assertEquals(0, stack.packets().live());
        assertEquals(Errno.EBADF.negative(), calls.close(client));
    }
}
