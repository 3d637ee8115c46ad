package dev.netstack4j.congestion.dctcp;

import dev.netstack4j.testkit.kit.module.ModuleConformance;
import dev.netstack4j.testkit.kit.module.ModuleSubject;

class DctcpModuleConformanceTest extends ModuleConformance {
    @Override
    protected ModuleSubject subject() {
        return DctcpModule::new;
    }
}
