package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.security.SecurityHook;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketCallsTest {
    private static final long MILLI = 1_000_000;
    private static final int SOL = SocketOption.SOL_SOCKET;

    private final SocketHost h = new SocketHost();

    @AfterEach
    void nothing_leaks() {
        h.pool.failEvery(0);
        h.ops.throwIn = "";
        h.assertNoLeak();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Message message(byte[] bytes) {
        return new Message().bytes(bytes, 0, bytes.length);
    }

    private static int no(Errno errno) {
        return errno.negative();
    }

    private long get(int fd, int name) {
        OptionValue v = new OptionValue();
        assertEquals(0, h.calls.getsockopt(fd, SOL, name, v));
        return v.number();
    }

    // ---- descriptors

    @Test
    @Mechanism("B5")
    void the_lowest_free_descriptor_is_taken_and_a_double_close_is_ebadf() {
        assertEquals(0, h.stream());
        assertEquals(1, h.stream());
        assertEquals(2, h.stream());
        assertEquals(0, h.calls.close(1));
        assertEquals(no(Errno.EBADF), h.calls.close(1));
        assertEquals(1, h.stream());
        assertEquals(3, h.stream());
        assertEquals(no(Errno.EBADF), h.calls.close(-1));
        assertEquals(no(Errno.EBADF), h.calls.close(99));
    }

    @Test
    @Mechanism("B5")
    void a_second_descriptor_keeps_the_socket_until_the_last_close() {
        int[] p = h.pair();
        int second = h.calls.dup(p[0]);
        assertEquals(0, h.calls.close(p[0]));
        assertEquals(0, h.ops.releases);
        assertEquals(5, h.calls.sendmsg(second, message(bytes("still"))));
        assertEquals(0, h.calls.close(second));
        assertEquals(1, h.ops.releases);
    }

    @Test
    @Mechanism("B5")
    void descriptors_lead_to_file_socket_and_sock() {
        int fd = h.stream();
        OpenFile file = h.table.get(fd);
        assertNotNull(file);
        assertTrue(file.socket().sock() instanceof PipeSock);
        assertEquals(h.ops, file.socket().ops());
        h.calls.close(fd);
        assertNull(h.table.get(fd));
    }

    @Test
    void descriptors_end_at_the_setting() {
        h.sysctls.find("fs.nr_open").set(2);
        assertEquals(0, h.stream());
        assertEquals(1, h.stream());
        assertEquals(no(Errno.EMFILE), h.stream());
    }

    @Test
    void more_descriptors_than_the_table_began_with() {
        for (int i = 0; i < 200; i++) {
            assertEquals(i, h.stream());
        }
    }

    @Test
    void socket_checks_its_arguments_in_linuxs_order() {
        assertEquals(no(Errno.EINVAL), h.calls.socket(SocketHost.FAMILY, 1 | 0x10, 0));
        assertEquals(no(Errno.EAFNOSUPPORT), h.calls.socket(-1, 1, 0));
        assertEquals(no(Errno.EINVAL), h.calls.socket(77, 11, 0));
        assertEquals(no(Errno.EAFNOSUPPORT), h.calls.socket(77, 1, 0));
        assertEquals(no(Errno.EINVAL), h.calls.socket(2, 1, -1));
        assertEquals(no(Errno.ESOCKTNOSUPPORT), h.calls.socket(SocketHost.FAMILY, 5, 0));
        assertEquals(no(Errno.EPROTONOSUPPORT), h.calls.socket(SocketHost.FAMILY, 1, 8));
        assertEquals(no(Errno.EPROTONOSUPPORT), h.calls.socket(SocketHost.FAMILY, 3, 0));
        assertEquals(0, h.calls.socket(SocketHost.FAMILY, 3, 99));
        int fd = h.calls.socket(SocketHost.FAMILY, 1, 0);
        assertEquals(7, get(fd, SocketOption.SO_PROTOCOL));
        assertEquals(200, get(fd, SocketOption.SO_DOMAIN));
        assertEquals(1, get(fd, SocketOption.SO_TYPE));
    }

    // ---- one way in, one way out

    @Test
    @Mechanism({"B1", "B6", "B7"})
    void write_sendto_and_sendmsg_take_the_same_way() {
        int[] p = h.pair();
        byte[] text = bytes("abc");
        assertEquals(3, h.calls.write(p[0], text, 0, 3));
        assertEquals(3, h.calls.sendmsg(p[0], message(text)));
        assertEquals(3, h.calls.sendmsg(p[0], new Message().segments(MemorySegment.ofArray(text))));
        assertEquals(3, h.ops.sends);
        byte[] got = new byte[9];
        assertEquals(9, h.calls.recvmsg(p[1], message(got).flags(MessageFlags.WAITALL)));
        assertEquals("abcabcabc", new String(got, StandardCharsets.US_ASCII));
    }

    @Test
    @Mechanism({"B2", "B6"})
    void read_recvfrom_and_recvmsg_take_the_same_way() {
        int[] p = h.pair();
        h.calls.write(p[0], bytes("abcdef"), 0, 6);
        byte[] got = new byte[2];
        assertEquals(2, h.calls.read(p[1], got, 0, 2));
        assertEquals(2, h.calls.recvmsg(p[1], message(got)));
        assertEquals(2, h.calls.recvmsg(p[1], new Message().segments(MemorySegment.ofArray(got))));
        assertEquals(3, h.ops.receives);
    }

    @Test
    @Mechanism("B6")
    void a_file_can_be_written_without_knowing_that_it_is_a_socket() {
        int[] p = h.pair();
        OpenFile file = h.table.get(p[0]);
        assertEquals(2, file.operations().write(file, bytes("hi"), 0, 2));
        assertEquals(1, h.ops.sends);
        OpenFile other = h.table.get(p[1]);
        assertEquals(PollEvents.IN, other.operations().poll(other) & PollEvents.IN);
        assertEquals(2, other.operations().read(other, new byte[4], 0, 4));
    }

    @Test
    @Mechanism("B8")
    void the_same_calls_serve_datagrams() {
        int a = h.calls.socket(SocketHost.FAMILY, SocketHost.DGRAM, 0);
        int b = h.calls.socket(SocketHost.FAMILY, SocketHost.DGRAM, 0);
        h.calls.bind(b, new PipeAddress("b"));
        assertEquals(0, h.calls.connect(a, new PipeAddress("b")));
        assertEquals(5, h.calls.sendmsg(a, message(bytes("first"))));
        assertEquals(6, h.calls.sendmsg(a, message(bytes("second"))));
        byte[] got = new byte[3];
        assertEquals(3, h.calls.recvmsg(b, message(got)));
        assertEquals("fir", new String(got, StandardCharsets.US_ASCII));
        assertEquals(3, h.calls.recvmsg(b, message(got)));
        assertEquals("sec", new String(got, StandardCharsets.US_ASCII));
    }

    @Test
    @Mechanism("B10")
    void the_callers_buffer_is_free_as_soon_as_send_returns() {
        int[] p = h.pair();
        byte[] text = bytes("kept");
        h.calls.sendmsg(p[0], message(text));
        Arrays.fill(text, (byte) 'x');
        byte[] got = new byte[4];
        h.calls.recvmsg(p[1], message(got));
        assertEquals("kept", new String(got, StandardCharsets.US_ASCII));
    }

    @Test
    @Mechanism("B14")
    void a_read_scatters_over_several_buffers() {
        int[] p = h.pair();
        h.calls.sendmsg(p[0], message(bytes("one two three")));
        byte[] a = new byte[3];
        byte[] b = new byte[1];
        byte[] c = new byte[9];
        Message m =
                new Message().segments(MemorySegment.ofArray(a), MemorySegment.ofArray(b), MemorySegment.ofArray(c));
        assertEquals(13, h.calls.recvmsg(p[1], m));
        assertEquals("one" + " " + "two three", new String(a) + new String(b) + new String(c));
    }

    // ---- security

    @Test
    @Mechanism("B3")
    void a_hook_that_denies_sending_lets_nothing_out() {
        int[] p = h.pair();
        h.with(new SecurityHook() {
            @Override
            public int sendmsg(Sock sock, int bytes) {
                return bytes > 3 ? Errno.EPERM.negative() : 0;
            }
        });
        assertEquals(no(Errno.EPERM), h.calls.sendmsg(p[0], message(bytes("four"))));
        assertEquals(no(Errno.EPERM), h.calls.write(p[0], bytes("four"), 0, 4));
        assertEquals(0, h.ops.sends);
        assertEquals(0, h.ledger.allocated());
        assertEquals(3, h.calls.sendmsg(p[0], message(bytes("two"))));
    }

    @Test
    @Mechanism("B4")
    void a_hook_that_denies_receiving_leaves_the_data_queued() {
        int[] p = h.pair();
        h.calls.sendmsg(p[0], message(bytes("secret")));
        boolean[] deny = {true};
        h.with(new SecurityHook() {
            @Override
            public int recvmsg(Sock sock, int bytes) {
                return deny[0] ? Errno.EPERM.negative() : 0;
            }
        });
        assertEquals(no(Errno.EPERM), h.calls.recvmsg(p[1], message(new byte[6])));
        assertEquals(1, h.sock(p[1]).receiveQueue().length());
        deny[0] = false;
        assertEquals(6, h.calls.recvmsg(p[1], message(new byte[6])));
    }

    @Test
    @Mechanism("B3")
    void a_hook_that_throws_refuses() {
        int[] p = h.pair();
        h.with(new SecurityHook() {
            @Override
            public int sendmsg(Sock sock, int bytes) {
                throw new IllegalStateException("hook fails as asked");
            }
        });
        assertEquals(no(Errno.EPERM), h.calls.sendmsg(p[0], message(bytes("x"))));
    }

    // ---- blocking

    @Test
    @Mechanism("B9")
    void a_non_blocking_write_returns_what_fitted_and_then_eagain() {
        int[] p = h.pair();
        h.calls.setsockopt(p[0], SOL, SocketOption.SO_SNDBUF, OptionValue.of(40_000));
        h.calls.nonBlocking(p[0], true);
        long taken = h.calls.sendmsg(p[0], message(new byte[200_000]));
        assertTrue(taken > 0 && taken < 200_000, "" + taken);
        assertEquals(no(Errno.EAGAIN), h.calls.sendmsg(p[0], message(new byte[1])));
        h.calls.nonBlocking(p[0], false);
        assertEquals(
                no(Errno.EAGAIN), h.calls.sendmsg(p[0], message(new byte[1]).flags(MessageFlags.DONTWAIT)));
    }

    @Test
    @Mechanism({"B9", "A11"})
    void a_blocked_writer_goes_on_when_the_reader_makes_room() {
        int[] p = h.pair();
        h.calls.setsockopt(p[0], SOL, SocketOption.SO_SNDBUF, OptionValue.of(40_000));
        byte[] sent = new byte[300_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 7);
        }
        AtomicLong result = new AtomicLong(-1);
        AppThread writer = h.run(() -> result.set(h.calls.sendmsg(p[0], message(sent))));
        assertFalse(writer.isDone());
        assertTrue(h.sock(p[0]).context().writeAllocated() >= 80_000);
        byte[] got = new byte[sent.length];
        assertEquals(got.length, h.calls.recvmsg(p[1], message(got).flags(MessageFlags.WAITALL)));
        writer.join();
        assertEquals(sent.length, result.get());
        assertArrayEquals(sent, got);
        assertEquals(0, h.sock(p[0]).context().writeAllocated());
    }

    @Test
    @Mechanism("B11")
    void a_send_without_memory_waits_or_fails_and_later_recovers() {
        int[] p = h.pair();
        h.pool.failEvery(1);
        assertEquals(no(Errno.ENOBUFS), h.calls.sendmsg(p[0], message(new byte[100])));
        h.pool.failEvery(0);
        h.calls.sendmsg(p[0], message(new byte[100]));
        h.pool.failEvery(1);
        AtomicLong result = new AtomicLong(-1);
        AppThread writer = h.run(() -> result.set(h.calls.sendmsg(p[0], message(new byte[50]))));
        assertFalse(writer.isDone());
        h.pool.failEvery(0);
        h.calls.recvmsg(p[1], message(new byte[100]));
        writer.join();
        assertEquals(50, result.get());
    }

    @Test
    @Mechanism("B13")
    void a_blocked_read_returns_on_data() {
        int[] p = h.pair();
        AtomicLong result = new AtomicLong(-1);
        AppThread reader = h.run(() -> result.set(h.calls.recvmsg(p[1], message(new byte[10]))));
        assertFalse(reader.isDone());
        h.calls.sendmsg(p[0], message(bytes("x")));
        reader.join();
        assertEquals(1, result.get());
    }

    @Test
    @Mechanism("B13")
    void a_blocked_read_returns_on_the_peers_end_on_an_error_and_on_an_interrupt() {
        int[] p = h.pair();
        AtomicLong result = new AtomicLong(-1);
        AppThread reader = h.run(() -> result.set(h.calls.recvmsg(p[1], message(new byte[10]))));
        h.onCpu(cpu -> h.sock(p[1]).error(Errno.ECONNRESET.code(), cpu));
        reader.join();
        assertEquals(no(Errno.ECONNRESET), result.get());
        AppThread second = h.run(() -> result.set(h.calls.recvmsg(p[1], message(new byte[10]))));
        second.interrupt();
        second.join();
        assertEquals(no(Errno.EINTR), result.get());
        AppThread third = h.run(() -> result.set(h.calls.recvmsg(p[1], message(new byte[10]))));
        h.calls.shutdown(p[0], 1);
        third.join();
        assertEquals(0, result.get());
    }

    @Test
    @Mechanism("B13")
    void receive_and_send_timeouts_end_at_their_instant() {
        int[] p = h.pair();
        h.calls.setsockopt(p[1], SOL, SocketOption.SO_RCVTIMEO, OptionValue.of(5 * MILLI));
        h.calls.setsockopt(p[0], SOL, SocketOption.SO_SNDTIMEO, OptionValue.of(3 * MILLI));
        h.calls.setsockopt(p[0], SOL, SocketOption.SO_SNDBUF, OptionValue.of(1));
        long before = h.runtime.clock().nanos();
        assertEquals(no(Errno.EAGAIN), h.calls.recvmsg(p[1], message(new byte[10])));
        assertEquals(before + 5 * MILLI, h.runtime.clock().nanos());
        long taken = h.calls.sendmsg(p[0], message(new byte[100_000]));
        assertTrue(taken > 0 && taken < 100_000);
        assertEquals(before + 8 * MILLI, h.runtime.clock().nanos());
        assertEquals(no(Errno.EAGAIN), h.calls.sendmsg(p[0], message(new byte[1])));
    }

    @Test
    void waitall_returns_what_came_before_the_end() {
        int[] p = h.pair();
        AtomicLong result = new AtomicLong(-1);
        AppThread reader = h.run(
                () -> result.set(h.calls.recvmsg(p[1], message(new byte[10]).flags(MessageFlags.WAITALL))));
        h.calls.sendmsg(p[0], message(new byte[4]));
        h.runtime.runDue();
        assertFalse(reader.isDone());
        h.calls.shutdown(p[0], 1);
        reader.join();
        assertEquals(4, result.get());
    }

    @Test
    void a_low_water_mark_keeps_a_reader_waiting() {
        int[] p = h.pair();
        h.calls.setsockopt(p[1], SOL, SocketOption.SO_RCVLOWAT, OptionValue.of(5));
        AtomicLong result = new AtomicLong(-1);
        AppThread reader = h.run(() -> result.set(h.calls.recvmsg(p[1], message(new byte[10]))));
        h.calls.sendmsg(p[0], message(new byte[3]));
        h.runtime.runDue();
        assertFalse(reader.isDone());
        h.calls.sendmsg(p[0], message(new byte[3]));
        reader.join();
        assertEquals(6, result.get());
    }

    @Test
    void peek_leaves_the_data() {
        int[] p = h.pair();
        h.calls.sendmsg(p[0], message(bytes("abc")));
        byte[] got = new byte[10];
        assertEquals(3, h.calls.recvmsg(p[1], message(got).flags(MessageFlags.PEEK)));
        assertEquals(3, h.calls.recvmsg(p[1], message(got)));
    }

    @Test
    void an_error_between_two_stretches_belongs_to_the_next_call() {
        int[] p = h.pair();
        h.calls.sendmsg(p[0], message(new byte[4]));
        AtomicLong result = new AtomicLong(-1);
        AppThread reader = h.run(
                () -> result.set(h.calls.recvmsg(p[1], message(new byte[10]).flags(MessageFlags.WAITALL))));
        h.onCpu(cpu -> h.sock(p[1]).error(Errno.ECONNRESET.code(), cpu));
        reader.join();
        assertEquals(4, result.get());
        assertEquals(no(Errno.ECONNRESET), h.calls.recvmsg(p[1], message(new byte[10])));
    }

    @Test
    @Mechanism("B5")
    void close_ends_calls_that_wait_on_it_with_ebadf() {
        int[] p = h.pair();
        AtomicLong read = new AtomicLong(-1);
        AtomicLong accepted = new AtomicLong(-1);
        AppThread reader = h.run(() -> read.set(h.calls.recvmsg(p[1], message(new byte[10]))));
        AppThread acceptor = h.run(() -> accepted.set(h.calls.accept(0)));
        h.calls.close(p[1]);
        h.calls.close(0);
        reader.join();
        acceptor.join();
        assertEquals(no(Errno.EBADF), read.get());
        assertEquals(no(Errno.EBADF), accepted.get());
    }

    // ---- wakes

    @Test
    @Mechanism("B12")
    void a_listener_hears_of_each_arrival_once() {
        int[] p = h.pair();
        List<Integer> heard = new ArrayList<>();
        h.sock(p[1]).context().listener((sock, events, cpu) -> heard.add(events));
        h.calls.sendmsg(p[0], message(bytes("x")));
        h.calls.sendmsg(p[0], message(bytes("y")));
        assertEquals(List.of(PollEvents.IN, PollEvents.IN), heard);
    }

    @Test
    void poll_says_what_is_ready_and_waits_for_any() {
        int[] p = h.pair();
        int[] fds = {p[1], 0, 77, -3};
        int[] want = {PollEvents.IN, PollEvents.IN, PollEvents.IN, PollEvents.IN};
        int[] got = new int[4];
        assertEquals(1, h.calls.poll(fds, want, got, -1));
        assertArrayEquals(new int[] {0, 0, PollEvents.NVAL, 0}, got);
        fds[2] = -1;
        assertEquals(0, h.calls.poll(fds, want, got, 0));
        long before = h.runtime.clock().nanos();
        assertEquals(0, h.calls.poll(fds, want, got, 2 * MILLI));
        assertEquals(before + 2 * MILLI, h.runtime.clock().nanos());
        AtomicLong result = new AtomicLong(-1);
        AppThread poller = h.run(() -> result.set(h.calls.poll(fds, want, got, -1)));
        assertFalse(poller.isDone());
        h.calls.sendmsg(p[0], message(bytes("x")));
        poller.join();
        assertEquals(1, result.get());
        assertArrayEquals(new int[] {PollEvents.IN, 0, 0, 0}, got);
    }

    // ---- connections

    @Test
    void connect_waits_until_it_is_done() {
        h.listener("slow");
        int fd = h.stream();
        long before = h.runtime.clock().nanos();
        assertEquals(0, h.calls.connect(fd, new PipeAddress("slow")));
        assertEquals(before + MILLI, h.runtime.clock().nanos());
        assertEquals(no(Errno.EISCONN), h.calls.connect(fd, new PipeAddress("slow")));
    }

    @Test
    void connect_tells_the_error_that_came_while_it_waited() {
        h.listener("slow-refused");
        int fd = h.stream();
        assertEquals(no(Errno.ECONNREFUSED), h.calls.connect(fd, new PipeAddress("slow-refused")));
        assertEquals(0, get(fd, SocketOption.SO_ERROR));
    }

    @Test
    void a_non_blocking_connect_is_in_progress_then_already_then_writable() {
        h.listener("slow");
        int fd = h.calls.socket(SocketHost.FAMILY, SocketHost.STREAM | SocketType.NONBLOCK, 0);
        assertEquals(no(Errno.EINPROGRESS), h.calls.connect(fd, new PipeAddress("slow")));
        assertEquals(no(Errno.EALREADY), h.calls.connect(fd, new PipeAddress("slow")));
        int[] got = new int[1];
        assertEquals(1, h.calls.poll(new int[] {fd}, new int[] {PollEvents.OUT}, got, -1));
        assertEquals(0, get(fd, SocketOption.SO_ERROR));
    }

    @Test
    void a_connect_with_a_send_timeout_ends_in_progress() {
        h.listener("never");
        int fd = h.stream();
        h.calls.setsockopt(fd, SOL, SocketOption.SO_SNDTIMEO, OptionValue.of(4 * MILLI));
        assertEquals(no(Errno.EINPROGRESS), h.calls.connect(fd, new PipeAddress("never")));
        assertEquals(4 * MILLI, h.runtime.clock().nanos());
    }

    @Test
    void accept_needs_a_listener_and_returns_eagain_or_einval() {
        int fd = h.stream();
        assertEquals(no(Errno.EINVAL), h.calls.accept(fd));
        int dgram = h.calls.socket(SocketHost.FAMILY, SocketHost.DGRAM, 0);
        assertEquals(no(Errno.EOPNOTSUPP), h.calls.accept(dgram));
        int listener = h.listener("l");
        assertEquals(1, get(listener, SocketOption.SO_ACCEPTCONN));
        h.calls.nonBlocking(listener, true);
        assertEquals(no(Errno.EAGAIN), h.calls.accept(listener));
        h.calls.shutdown(listener, 2);
        assertEquals(no(Errno.EINVAL), h.calls.accept(listener));
    }

    @Test
    void a_child_inherits_the_listeners_settings() {
        int listener = h.listener("l");
        h.calls.setsockopt(listener, SOL, SocketOption.SO_KEEPALIVE, OptionValue.of(1));
        h.calls.setsockopt(listener, SOL, SocketOption.SO_RCVBUF, OptionValue.of(5000));
        int client = h.stream();
        h.calls.connect(client, new PipeAddress("l"));
        int child = h.calls.accept(listener);
        assertEquals(1, get(child, SocketOption.SO_KEEPALIVE));
        assertEquals(10_000, get(child, SocketOption.SO_RCVBUF));
    }

    @Test
    void shutdown_checks_the_descriptor_first_and_then_the_direction() {
        assertEquals(no(Errno.EBADF), h.calls.shutdown(9, 7));
        assertEquals(no(Errno.EINVAL), h.calls.shutdown(h.stream(), 3));
    }

    // ---- options

    @Test
    @Mechanism({"B15", "J1"})
    void buffer_sizes_are_doubled_and_clamped_by_settings_that_act_live() {
        int fd = h.stream();
        assertEquals(212_992, get(fd, SocketOption.SO_RCVBUF));
        h.calls.setsockopt(fd, SOL, SocketOption.SO_RCVBUF, OptionValue.of(10_000));
        assertEquals(20_000, get(fd, SocketOption.SO_RCVBUF));
        h.calls.setsockopt(fd, SOL, SocketOption.SO_RCVBUF, OptionValue.of(10_000_000));
        assertEquals(2 * 212_992, get(fd, SocketOption.SO_RCVBUF));
        h.calls.setsockopt(fd, SOL, SocketOption.SO_RCVBUF, OptionValue.of(0));
        assertEquals(2304, get(fd, SocketOption.SO_RCVBUF));
        h.calls.setsockopt(fd, SOL, SocketOption.SO_SNDBUF, OptionValue.of(1));
        assertEquals(4608, get(fd, SocketOption.SO_SNDBUF));
        h.sysctls.find("net.core.rmem_max").set(30_000);
        h.sysctls.find("net.core.rmem_default").set(12_345);
        h.calls.setsockopt(fd, SOL, SocketOption.SO_RCVBUF, OptionValue.of(10_000_000));
        assertEquals(60_000, get(fd, SocketOption.SO_RCVBUF));
        assertEquals(12_345, get(h.stream(), SocketOption.SO_RCVBUF));
    }

    @Test
    void options_of_other_levels_go_to_the_protocol_and_unknown_ones_are_enoprotoopt() {
        int fd = h.stream();
        assertEquals(0, h.calls.setsockopt(fd, 99, 1, OptionValue.of(42)));
        assertEquals(42, h.ops.optionSet);
        assertEquals(0, h.calls.setsockopt(fd, SOL, SocketOption.SO_KEEPALIVE, OptionValue.of(1)));
        assertEquals(-SocketOption.SO_KEEPALIVE, h.ops.optionSet, "the protocol hears of options that core keeps");
        assertEquals(no(Errno.ENOPROTOOPT), h.calls.getsockopt(fd, 99, 1, new OptionValue()));
        assertEquals(no(Errno.ENOPROTOOPT), h.calls.setsockopt(fd, SOL, SocketOption.SO_ERROR, OptionValue.of(1)));
        assertEquals(no(Errno.ENOPROTOOPT), h.calls.setsockopt(fd, SOL, 12345, OptionValue.of(1)));
        assertEquals(no(Errno.EINVAL), h.calls.setsockopt(fd, SOL, SocketOption.SO_RCVTIMEO, OptionValue.of(-1)));
    }

    @Test
    void so_error_is_taken() {
        int fd = h.stream();
        h.onCpu(cpu -> h.sock(fd).error(Errno.EHOSTUNREACH.code(), cpu));
        assertEquals(Errno.EHOSTUNREACH.code(), get(fd, SocketOption.SO_ERROR));
        assertEquals(0, get(fd, SocketOption.SO_ERROR));
    }

    @Test
    void linger_and_names_are_kept() {
        int fd = h.listener("here");
        h.calls.setsockopt(fd, SOL, SocketOption.SO_LINGER, OptionValue.linger(true, 9));
        OptionValue v = new OptionValue();
        h.calls.getsockopt(fd, SOL, SocketOption.SO_LINGER, v);
        assertEquals(1, v.number());
        assertEquals(9, v.second());
        assertEquals(new PipeAddress("here"), h.calls.name(fd, false));
        assertNull(h.calls.name(fd, true));
        assertNull(h.calls.name(1234, false));
    }

    // ---- protocols that throw

    @Test
    @Mechanism("E16")
    void a_protocol_that_throws_is_contained() {
        int[] p = h.pair();
        h.ops.throwIn = "create";
        assertEquals(no(Errno.EIO), h.stream());
        h.ops.throwIn = "sendmsg";
        assertEquals(no(Errno.EIO), h.calls.sendmsg(p[0], message(new byte[1])));
        h.ops.throwIn = "recvmsg";
        assertEquals(no(Errno.EIO), h.calls.recvmsg(p[0], message(new byte[1])));
        h.ops.throwIn = "accept";
        assertEquals(no(Errno.EIO), h.calls.accept(0));
        h.ops.throwIn = "poll";
        int[] got = new int[1];
        assertEquals(1, h.calls.poll(new int[] {p[0]}, new int[] {PollEvents.IN}, got, -1));
        assertEquals(PollEvents.ERR, got[0]);
        h.ops.throwIn = "";
        assertEquals(1, h.calls.sendmsg(p[0], message(new byte[1])));
        assertFalse(h.sock(p[0]).context().isOwned());
        assertEquals(p[1] + 1, h.stream());
    }
}
