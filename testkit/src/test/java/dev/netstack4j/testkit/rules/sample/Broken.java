package dev.netstack4j.testkit.rules.sample;

import java.io.FileInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Each class breaks one rule.
final class Broken {
    private Broken() {}

    static final class ReadsTheClock {
        long now() {
            return System.nanoTime();
        }
    }

    static final class AsksForTheDate {
        Instant now() {
            return Instant.now();
        }
    }

    static final class DrawsNumbers {
        int draw() {
            return new Random(1).nextInt();
        }
    }

    static final class DrawsFromMath {
        double draw() {
            return Math.random();
        }
    }

    static final class Sleeps {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class Parks {
        void park() {
            LockSupport.park();
        }
    }

    static final class WaitsOnAMonitor {
        synchronized void await() throws InterruptedException {
            wait();
        }
    }

    static final class StartsAThread {
        void start() {
            Thread.ofVirtual().start(() -> {});
        }
    }

    static final class Counts {
        final AtomicInteger count = new AtomicInteger();
    }

    static final class KeepsAThreadLocal {
        final ThreadLocal<String> name = new ThreadLocal<>();
    }

    static final class TakesAnIdentityHash {
        int hash() {
            return System.identityHashCode(this);
        }
    }

    static final class AsksForProcessors {
        int count() {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    static final class FormatsForSomeLocale {
        String format(int x) {
            return String.format("%d", x);
        }
    }

    static final class TakesTheDefaultCharset {
        byte[] bytes(String s) {
            return s.getBytes();
        }
    }

    static final class OpensAFile {
        void open() throws IOException {
            new FileInputStream("/dev/null").close();
        }
    }

    static final class KnowsNoAddress {
        java.net.URI where() {
            return java.net.URI.create("tcp:1");
        }
    }

    static final class StartsAProgram {
        Process start() throws IOException {
            return new ProcessBuilder("true").start();
        }
    }

    static final class SeesALibrary {
        final org.opentest4j.TestAbortedException foreign = new org.opentest4j.TestAbortedException();
    }

    static final class KeepsStaticState {
        static int count;

        void count() {
            count++;
        }
    }

    interface DriverThatKnowsSockets {
        dev.netstack4j.api.socket.Message message();
    }

    interface QdiscThatKnowsHardware {
        dev.netstack4j.api.hardware.IoMemory registers();
    }

    interface ProtocolThatKnowsQdiscs {
        dev.netstack4j.api.qdisc.Qdisc qdisc();
    }
}
