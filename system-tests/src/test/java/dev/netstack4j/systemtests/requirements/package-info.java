/// What RFCs require, and the test that proves each requirement.
/// The list is `requirements/tcp.txt`, the page made of it `docs/tcp-requirements.md`.
@NullMarked
package dev.netstack4j.systemtests.requirements;

import org.jspecify.annotations.NullMarked;
