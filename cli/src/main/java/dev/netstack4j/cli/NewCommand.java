package dev.netstack4j.cli;

import dev.netstack4j.cli.start.StartKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a Maven project for a new extension.
@Command(
        name = "new",
        description = "Makes a Maven project for a new extension that passes its conformance kit at once.",
        mixinStandardHelpOptions = true,
        versionProvider = NetstackCommand.Version.class)
final class NewCommand implements Callable<Integer> {
    private static final Set<String> KINDS = Set.of("qdisc", "nic", "protocol");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KIND", description = "qdisc, nic or protocol.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Its name: small letters, digits and hyphens.")
    private String name = "";

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "Maven group and root package (default ${DEFAULT-VALUE}).")
    private String group = "com.example";

    @Option(names = "--in", paramLabel = "FOLDER", description = "Where to make the project's folder (default: here).")
    private Path in = Path.of("");

    @Override
    public Integer call() throws IOException {
        check();
        StartKit kit = new StartKit(kind, name, group);
        Path folder = in.resolve(kit.artifact());
        if (Files.exists(folder)) {
            throw new UserProblem(folder + " is there already; choose another name or remove it.");
        }
        PrintWriter out = spec.commandLine().getOut();
        kit.writeTo(folder).forEach(f -> out.println(folder.resolve(f)));
        out.println("Now: cd " + folder + " && mvn verify");
        return 0;
    }

    private void check() throws UserProblem {
        if (!KINDS.contains(kind)) {
            throw new UserProblem("There is no start kit for '" + kind + "'; say qdisc, nic or protocol.");
        }
        if (!NAME.matcher(name).matches()) {
            throw new UserProblem(
                    "'" + name + "' is no name for an extension; use small letters, digits and hyphens, such as red.");
        }
        if (!GROUP.matcher(group).matches()) {
            throw new UserProblem("'" + group + "' is no group; say something like com.example.");
        }
    }
}
