package dev.netstack4j.systemtests.registers;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciInterposer;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An interposer that lets the n-th thing which a driver asks for fail, and counts what it holds.
public final class FailingBus implements StackModule {
    private static final Option<Integer> FAIL_AT =
            Option.of("fail-at", OptionTypes.INTEGER, 0, "which request fails, from 1; 0: none");

    @Override
    public String name() {
        return "test-failing-bus";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.plug(PciInterposer.POINT, "failing", OptionSchema.of(FAIL_AT), Interposer.class);
    }

    /// What a driver has asked for and holds.
    static final class Books {
        private final int failAt;
        private int asked;
        private final Map<String, Integer> held = new TreeMap<>();

        Books(int failAt) {
            this.failAt = failAt;
        }

        synchronized boolean fails() {
            return ++asked == failAt;
        }

        synchronized void take(String what, int more) {
            held.merge(what, more, (a, b) -> a + b == 0 ? null : a + b);
        }

        synchronized Map<String, Integer> held() {
            return new TreeMap<>(held);
        }
    }

    static final class Interposer implements PciInterposer {
        private Books last = new Books(0);

        @Inject
        Interposer() {}

        /// The books of the device that was plugged in last.
        Books last() {
            return last;
        }

        @Override
        public PciDevice interpose(PciDevice device, String bus, Options options) {
            Books books = new Books(options.get(FAIL_AT));
            last = books;
            return proxy(PciDevice.class, device, (method, args) -> device(device, books, method, args));
        }
    }

    private interface Call {
        Object of(java.lang.reflect.Method method, Object[] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T inner, Call call) {
        InvocationHandler h = (p, method, args) -> call.of(method, args == null ? new Object[0] : args);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, h));
    }

    private static Object pass(Object inner, java.lang.reflect.Method m, Object[] args) throws Throwable {
        try {
            return m.invoke(inner, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object device(PciDevice inner, Books books, java.lang.reflect.Method m, Object[] args)
            throws Throwable {
        return switch (m.getName()) {
            case "enable" -> {
                failIfDue(books, "enable");
                books.take("enabled", 1);
                yield pass(inner, m, args);
            }
            case "disable" -> {
                books.take("enabled", -1);
                yield pass(inner, m, args);
            }
            case "mapBar" -> {
                failIfDue(books, "map a bar");
                yield (IoMemory) pass(inner, m, args);
            }
            case "dma" -> proxy(DmaMapper.class, inner.dma(), (dm, da) -> dma(inner.dma(), books, dm, da));
            case "allocIrqVectors" -> {
                failIfDue(books, "vectors");
                yield vectors((IrqVectors) pass(inner, m, args), books);
            }
            default -> pass(inner, m, args);
        };
    }

    private static void failIfDue(Books books, String what) throws NetException {
        if (books.fails()) {
            throw new NetException(Errno.EIO, "have " + what + ", which the test lets fail");
        }
    }

    private static Object dma(DmaMapper inner, Books books, java.lang.reflect.Method m, Object[] args)
            throws Throwable {
        switch (m.getName()) {
            case "allocCoherent", "map" -> {
                if (books.fails()) {
                    return DmaMapper.MAPPING_ERROR;
                }
                books.take(m.getName().equals("map") ? "mappings" : "rings", 1);
            }
            case "unmap" -> books.take("mappings", -1);
            case "freeCoherent" -> books.take("rings", -1);
            default -> {}
        }
        return pass(inner, m, args);
    }

    private static IrqVectors vectors(IrqVectors inner, Books books) {
        books.take("vectors", 1);
        List<Irq> irqs = inner.irqs().stream()
                .map(i -> proxy(Irq.class, i, (m, args) -> irq(i, books, m, args)))
                .toList();
        return new IrqVectors() {
            @Override
            public IrqKind kind() {
                return inner.kind();
            }

            @Override
            public List<Irq> irqs() {
                return irqs;
            }

            @Override
            public void free() {
                books.take("vectors", -1);
                inner.free();
            }
        };
    }

    private static Object irq(Irq inner, Books books, java.lang.reflect.Method m, Object[] args) throws Throwable {
        if (m.getName().equals("request")) {
            failIfDue(books, "an interrupt");
            books.take("handlers", 1);
        } else if (m.getName().equals("free")) {
            books.take("handlers", -1);
        }
        return pass(inner, m, args);
    }
}
