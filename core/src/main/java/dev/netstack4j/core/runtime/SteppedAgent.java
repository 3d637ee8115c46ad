package dev.netstack4j.core.runtime;

/// In schedule exploration: a CPU's agent. It goes idle as the agent of real time does, so that a wake that is lost
/// there is lost here.
final class SteppedAgent implements WorkStrand.Work {
    private final SteppedHost host;
    private final HostCpu cpu;

    SteppedAgent(SteppedHost host, HostCpu cpu) {
        this.host = host;
        this.cpu = cpu;
    }

    @Override
    public void piece() {
        cpu.idle.set(false);
        cpu.idleUntil = Long.MIN_VALUE;
        if (!host.turn(cpu)) {
            idle();
        }
    }

    private void idle() {
        long until = cpu.nextTimer();
        cpu.idleUntil = until;
        host.point("going idle");
        cpu.idle.set(true);
        host.point("idle");
        if (cpu.hasPending() || cpu.nextTimer() < until) {
            cpu.idle.set(false);
        }
    }

    @Override
    public boolean isWanted() {
        return !host.isBusy(cpu) && (!cpu.idle.get() || cpu.idleUntil <= host.now());
    }
}
