package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.security.SecurityHook;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks every contributed hook; the first refusal counts. A hook that throws refuses: permission is never given by
/// accident.
@Linux("security/security.c#call_int_hook")
final class SecurityHooks implements Lifecycle {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.core.socket");

    private final ContributionTable contributions;
    private SecurityHook[] hooks = new SecurityHook[0];

    @Inject
    SecurityHooks(ContributionTable contributions) {
        this.contributions = contributions;
    }

    @Override
    public void start() {
        List<Contributed<SecurityHook>> all = contributions.all(SecurityHook.POINT);
        hooks = all.stream().map(Contributed::instance).toArray(SecurityHook[]::new);
    }

    int sendmsg(Sock sock, long bytes) {
        for (SecurityHook h : hooks) {
            int verdict;
            try {
                verdict = h.sendmsg(sock, cut(bytes));
            } catch (RuntimeException | Error e) {
                verdict = refuse(h, e);
            }
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    int recvmsg(Sock sock, long bytes) {
        for (SecurityHook h : hooks) {
            int verdict;
            try {
                verdict = h.recvmsg(sock, cut(bytes));
            } catch (RuntimeException | Error e) {
                verdict = refuse(h, e);
            }
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    int create(int family, int type, int protocol) {
        for (SecurityHook h : hooks) {
            int verdict;
            try {
                verdict = h.create(family, type, protocol);
            } catch (RuntimeException | Error e) {
                verdict = refuse(h, e);
            }
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    int connect(Sock sock, @Nullable SockAddress address) {
        for (SecurityHook h : hooks) {
            int verdict;
            try {
                verdict = h.connect(sock, address);
            } catch (RuntimeException | Error e) {
                verdict = refuse(h, e);
            }
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    int bind(Sock sock, SockAddress address) {
        for (SecurityHook h : hooks) {
            int verdict;
            try {
                verdict = h.bind(sock, address);
            } catch (RuntimeException | Error e) {
                verdict = refuse(h, e);
            }
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    private static int cut(long bytes) {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static int refuse(SecurityHook hook, Throwable thrown) {
        LOG.log(System.Logger.Level.ERROR, () -> hook.getClass().getName() + " threw, which refuses the call", thrown);
        return Errno.EPERM.negative();
    }
}
