/// What an extension's author tests with: kits that hold an extension to its contract, and helpers for JUnit 5.
module dev.netstack4j.testkit {
    requires transitive dev.netstack4j.api;
    requires transitive org.junit.jupiter.api;
    requires org.jspecify;
    requires java.management;
    requires jdk.management;
    requires org.opentest4j;
    requires transitive com.tngtech.archunit;

    exports dev.netstack4j.testkit.explore;
    exports dev.netstack4j.testkit.fake;
    exports dev.netstack4j.testkit.kit;
    exports dev.netstack4j.testkit.kit.bus;
    exports dev.netstack4j.testkit.kit.nic;
    exports dev.netstack4j.testkit.kit.congestion;
    exports dev.netstack4j.testkit.kit.ethertype;
    exports dev.netstack4j.testkit.kit.ipprotocol;
    exports dev.netstack4j.testkit.kit.module;
    exports dev.netstack4j.testkit.kit.packet;
    exports dev.netstack4j.testkit.kit.qdisc;
    exports dev.netstack4j.testkit.kit.socket;
    exports dev.netstack4j.testkit.kit.wire;
    exports dev.netstack4j.testkit.requires;
    exports dev.netstack4j.testkit.rules;
    exports dev.netstack4j.testkit.simulation;
    exports dev.netstack4j.testkit.simulation.junit;

    uses dev.netstack4j.api.spi.StackModule;

    exports dev.netstack4j.testkit.script;
    exports dev.netstack4j.testkit.script.linux;
    exports dev.netstack4j.testkit.script.model;
    exports dev.netstack4j.testkit.script.record;
    exports dev.netstack4j.testkit.script.run;
}
