/// One small program per lesson. What they assemble is found on the module path; their own modules they add themselves.
module dev.netstack4j.examples {
    requires dev.netstack4j.api;
}
