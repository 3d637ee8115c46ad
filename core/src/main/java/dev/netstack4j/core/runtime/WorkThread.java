package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WorkQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The work queue of one host: one thread, begun with the first item, that ends when told.
final class WorkThread implements WorkQueue {
    private static final System.Logger LOG = System.getLogger(WorkThread.class.getName());

    private final String name;
    private final RuntimeCore runtime;
    private final WaitQueue wakeup;
    private final Deque<Item> items = new ArrayDeque<>();
    private @Nullable AppThread thread;
    private boolean ending;

    private record Item(String name, Runnable work) {}

    WorkThread(String name, RuntimeCore runtime, WaitQueue wakeup) {
        this.name = name;
        this.runtime = runtime;
        this.wakeup = wakeup;
    }

    @Override
    public void queue(String itemName, Runnable work) {
        synchronized (items) {
            if (ending) {
                return;
            }
            items.add(new Item(itemName, work));
            if (thread == null) {
                thread = runtime.start(name, this::loop);
            }
        }
        wakeup.wakeAll();
    }

    private void loop() {
        while (true) {
            long ticket = wakeup.ticket();
            Item item;
            synchronized (items) {
                item = items.poll();
                if (item == null && ending) {
                    return;
                }
            }
            if (item == null) {
                wakeup.await(ticket, WaitQueue.FOREVER);
            } else {
                run(item);
            }
        }
    }

    private static void run(Item item) {
        try {
            item.work.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.ERROR, "work item " + item.name + " failed", e);
        }
    }

    /// Runs what is queued and ends the thread.
    void end() {
        AppThread t;
        synchronized (items) {
            ending = true;
            t = thread;
        }
        wakeup.wakeAll();
        if (t != null) {
            t.join();
        }
    }
}
