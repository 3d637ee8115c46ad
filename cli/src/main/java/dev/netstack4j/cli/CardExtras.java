package dev.netstack4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `--trace-registers` and `--fault` ask of a card, as options of it.
final class CardExtras {
    private CardExtras() {}

    /// Of the only card.
    static Map<String, String> of(@Nullable Path registers, List<String> faults) throws UserProblem {
        Map<String, String> options = new TreeMap<>();
        if (registers != null) {
            checkFolder(registers);
            options.put("trace", registers.toString());
        }
        if (!faults.isEmpty()) {
            options.put("fault", String.join("+", faults));
        }
        return options;
    }

    /// Of the card of one of two hosts: a trace of its own, and the faults that begin with its name.
    ///
    /// @param host `a` or `b`
    static Map<String, String> ofHost(String host, @Nullable Path registers, List<String> faults) throws UserProblem {
        List<String> own = new ArrayList<>();
        for (String fault : faults) {
            if (!fault.startsWith("a:") && !fault.startsWith("b:")) {
                throw new UserProblem("Say whose card breaks: --fault a:" + fault + " or --fault b:" + fault);
            }
            if (fault.startsWith(host + ":")) {
                own.add(fault.substring(2));
            }
        }
        return of(registers == null ? null : registers.resolveSibling(registers.getFileName() + "." + host), own);
    }

    private static void checkFolder(Path file) throws UserProblem {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserProblem("there is no folder '" + folder + "' for the register trace.");
        }
    }
}
