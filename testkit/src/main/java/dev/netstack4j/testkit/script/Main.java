package dev.netstack4j.testkit.script;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.script.linux.LinuxTarget;
import dev.netstack4j.testkit.script.record.Recorder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// The command of packet scripts: runs scripts against the modules on the class path, or against the kernel.
public final class Main {
    private static final String USAGE = """
            run FILE|FOLDER...            plays scripts against the stack, in virtual time
            run --on linux FILE|FOLDER... plays them against this machine's kernel, in network namespaces; needs root
            record CAPTURE [HOST [PORT]]  prints the script of a conversation in a pcap or pcapng file; HOST, an address,
                                          sender or receiver, is the side whose behaviour the script expects
            """;

    /// Against the kernel most of the time is waiting.
    private static final int AT_ONCE = 8;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// Runs the command and ends the process: 0 when all went well, 1 when a script failed, 2 when the command cannot
    /// be carried out.
    ///
    /// @param args see the usage
    public static void main(String[] args) throws Exception {
        System.exit(new Main(System.out, System.err).execute(List.of(args)));
    }

    int execute(List<String> args) throws Exception {
        if (args.size() < 2) {
            out.print(USAGE);
            return 2;
        }
        try {
            return carryOut(args);
        } catch (NoSuchFileException e) {
            err.println("netstack script: there is no " + e.getFile() + ".");
        } catch (IOException | IllegalArgumentException e) {
            err.println("netstack script: " + e.getMessage());
        }
        return 2;
    }

    private int carryOut(List<String> args) throws Exception {
        List<String> rest = args.subList(1, args.size());
        return switch (args.getFirst()) {
            case "run" -> run(rest);
            case "record" -> record(rest);
            default -> {
                out.print(USAGE);
                yield 2;
            }
        };
    }

    private int run(List<String> arguments) throws Exception {
        boolean linux = arguments.getFirst().equals("--on");
        if (linux && (arguments.size() < 3 || !arguments.get(1).equals(LinuxTarget.NAME))) {
            out.print(USAGE);
            return 2;
        }
        ScriptRunner runner = linux
                ? ScriptRunner.onLinux()
                : ScriptRunner.of(() -> StackFactory.find().builder().discover(Main.class.getClassLoader()));
        List<Path> files = files(linux ? arguments.subList(2, arguments.size()) : arguments);
        try {
            return run(runner, linux ? AT_ONCE : 1, files);
        } catch (ExecutionException e) {
            if (linux && e.getCause() instanceof IllegalStateException refused) { // no right to a namespace, say
                throw new IOException(refused.getMessage(), refused);
            }
            throw e;
        }
    }

    private int run(ScriptRunner runner, int atOnce, List<Path> files) throws Exception {
        Map<Outcome, Integer> count = new EnumMap<>(Outcome.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<Line>> lines = new ArrayList<>();
            for (Path file : files) {
                lines.add(threads.submit(() -> run(runner, file)));
            }
            for (Future<Line> f : lines) {
                Line line = f.get();
                count.merge(line.outcome(), 1, Integer::sum);
                out.println(line.text());
            }
        }
        int skipped = count.getOrDefault(Outcome.SKIPPED, 0);
        out.println(count.getOrDefault(Outcome.PASSED, 0) + " of " + files.size() + " scripts passed"
                + (skipped > 0 ? ", " + skipped + " skipped" : ""));
        return count.containsKey(Outcome.FAILED) ? 1 : 0;
    }

    private enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    private record Line(Outcome outcome, String text) {}

    private static Line run(ScriptRunner runner, Path file) throws Exception {
        try {
            Script script = Script.read(file);
            String reason = runner.skips(script);
            if (reason != null) {
                return new Line(Outcome.SKIPPED, "skipped " + file + ": " + reason);
            }
            runner.run(script);
            return new Line(Outcome.PASSED, "ok      " + file);
        } catch (AssertionError | ScriptSyntaxException e) {
            return new Line(Outcome.FAILED, "FAILED  " + e.getMessage());
        }
    }

    private int record(List<String> arguments) throws IOException {
        Recorder r = Recorder.of(Path.of(arguments.getFirst()));
        if (arguments.size() > 1) {
            String host = arguments.get(1);
            r = host.equals("sender") ? r.sender() : host.equals("receiver") ? r : r.host(IpAddress.parse(host));
        }
        r = arguments.size() > 2 ? r.port(port(arguments.get(2))) : r;
        out.print(r.record());
        return 0;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no port; write a number from 0 to 65535.");
        }
        return Integer.parseInt(text);
    }

    private static List<Path> files(List<String> names) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            int before = files.size();
            try (Stream<Path> found = Files.walk(Path.of(name))) {
                found.filter(p -> p.toString().endsWith(Script.SUFFIX)).sorted().forEach(files::add);
            }
            if (files.size() == before) {
                throw new IllegalArgumentException(
                        name + " holds no script; the name of a script ends in " + Script.SUFFIX + ".");
            }
        }
        return files;
    }
}
