package dev.netstack4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What `netstack` without a sub-command is: a refusal that names them.
@Command(
        name = "netstack",
        description = "A TCP/IP stack for the JVM.",
        mixinStandardHelpOptions = true,
        footer = "Packet scripts are played and recorded by 'netstack script'.",
        versionProvider = NetstackCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ModulesCommand.class,
            IperfCommand.class,
            NewCommand.class,
            TraceCommand.class,
            TraceDiffCommand.class
        })
final class NetstackCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }

    /// The version of this module.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"netstack4j " + Assembly.version()};
        }
    }
}
