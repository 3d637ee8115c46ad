/// What devices and wires that are TAPs of the Linux host share: opening them, system calls, and one wait for all.
module dev.netstack4j.linux.tap {
    requires transitive dev.netstack4j.api;

    exports dev.netstack4j.linux.tap;
}
