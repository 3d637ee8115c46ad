/// The `netstack` command. It knows no extension: what it assembles is what lies on the module path.
module dev.netstack4j.cli {
    requires com.fasterxml.jackson.core;
    requires dev.netstack4j.api;
    requires info.picocli;
    requires jakarta.inject;
    requires jdk.jfr;
    requires me.tongfei.progressbar;

    opens dev.netstack4j.cli to
            info.picocli;
    opens dev.netstack4j.cli.args to
            info.picocli;

    uses dev.netstack4j.api.spi.StackModule;
    uses dev.netstack4j.api.stack.StackFactory;
}
