package dev.netstack4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.ModuleInfo;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints the bill of materials: every module, its version, what it contributes.
@Command(
        name = "modules",
        description = "Prints the modules that a stack is assembled from.",
        mixinStandardHelpOptions = true,
        versionProvider = NetstackCommand.Version.class)
final class ModulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, AssemblyException {
        try (Stack stack =
                Assembly.discover(StackFactory.find()).name("modules").build()) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                printJson(stack.modules(), out);
            } else {
                print(stack.modules(), out);
            }
        }
        return 0;
    }

    private static void print(List<ModuleInfo> modules, PrintWriter out) {
        for (ModuleInfo m : modules) {
            out.printf("%-18s %-8s (api %s)%n", m.name(), m.version(), m.apiVersion());
            for (String line : m.contributions()) {
                out.println("    " + line);
            }
        }
    }

    private static void printJson(List<ModuleInfo> modules, PrintWriter out) throws IOException {
        try (JsonGenerator json = Json.to(out)) {
            json.writeStartObject();
            Json.modules(json, modules);
            json.writeEndObject();
        }
        out.println();
    }
}
