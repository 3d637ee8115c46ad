package dev.netstack4j.testkit.script;

import dev.netstack4j.api.stack.StackFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The command of packet scripts: runs scripts against the modules on the class path.
public final class Main {
    private static final String USAGE = """
            run FILE|FOLDER...            plays scripts against the stack, in virtual time
            """;

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    /// Runs the command and ends the process: 0 when all went well.
    ///
    /// @param args see the usage
    public static void main(String[] args) throws Exception {
        System.exit(new Main(System.out).execute(List.of(args)));
    }

    private int execute(List<String> args) throws Exception {
        if (args.size() < 2) {
            out.print(USAGE);
            return 2;
        }
        List<String> rest = args.subList(1, args.size());
        return switch (args.getFirst()) {
            case "run" -> run(rest);
            default -> {
                out.print(USAGE);
                yield 2;
            }
        };
    }

    private int run(List<String> names) throws Exception {
        ScriptRunner runner =
                ScriptRunner.of(() -> StackFactory.find().builder().discover(Main.class.getClassLoader()));
        int failed = 0;
        List<Path> files = files(names);
        for (Path file : files) {
            try {
                runner.run(Script.read(file));
                out.println("ok      " + file);
            } catch (AssertionError | ScriptSyntaxException e) {
                failed++;
                out.println("FAILED  " + e.getMessage());
            }
        }
        out.println(files.size() - failed + " of " + files.size() + " scripts passed");
        return failed == 0 ? 0 : 1;
    }

    private static List<Path> files(List<String> names) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            try (Stream<Path> found = Files.walk(Path.of(name))) {
                found.filter(p -> p.toString().endsWith(Script.SUFFIX)).sorted().forEach(files::add);
            }
        }
        return files;
    }
}
