package dev.netstack4j.systemtests.simulation;

/// Prints the trace hash of [ThreeHosts] for a seed.
final class ThreeHostsMain {
    private ThreeHostsMain() {}

    public static void main(String[] args) {
        System.out.println(ThreeHosts.run(Long.parseLong(args[0])).hash());
    }
}
