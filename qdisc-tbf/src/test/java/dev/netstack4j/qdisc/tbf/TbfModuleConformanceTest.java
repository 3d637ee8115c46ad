package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.testkit.kit.module.ModuleConformance;
import dev.netstack4j.testkit.kit.module.ModuleSubject;

class TbfModuleConformanceTest extends ModuleConformance {
    @Override
    protected ModuleSubject subject() {
        return TbfModule::new;
    }
}
