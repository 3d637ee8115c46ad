package dev.netstack4j.cli.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Writes a report as the fields of a JSON object that is already begun. Times are seconds, rates Gbit/s.
public final class JsonReport {
    private final JsonGenerator json;

    /// @param json where to
    public JsonReport(JsonGenerator json) {
        this.json = json;
    }

    /// Writes it.
    public void write(Report r) throws IOException {
        json.writeBooleanField("verified", r.verified());
        json.writeObjectFieldStart("checks");
        for (Map.Entry<String, Boolean> c : r.checks().entrySet()) {
            json.writeBooleanField(c.getKey(), c.getValue());
        }
        json.writeEndObject();
        json.writeStringField("arp", r.neighbour());
        ping("ping", r.ping());
        ping("pingInFragments", r.large());
        json.writeObjectFieldStart("udp");
        json.writeNumberField("wanted", r.datagrams().wanted());
        json.writeNumberField("sent", r.datagrams().sent());
        json.writeNumberField("echoed", r.datagrams().echoed());
        json.writeEndObject();
        json.writeObjectFieldStart("tcp");
        json.writeNumberField("gigabitsPerSecond", r.gigabitsPerSecond());
        transfers("transfers", r.transfers());
        transfers("warmUp", r.warming());
        json.writeEndObject();
        counters(r);
        ledger("ledgerA", r.ledgerA());
        ledger("ledgerB", r.ledgerB());
        if (r.captured() >= 0) {
            json.writeNumberField("capturedFrames", r.captured());
        }
    }

    private void ping(String name, Ping.Result p) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("sent", p.sent());
        json.writeArrayFieldStart("roundTripSeconds");
        for (long nanos : p.roundTrips()) {
            json.writeNumber(nanos / 1e9);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void transfers(String name, List<BulkTransfer.Result> transfers) throws IOException {
        json.writeArrayFieldStart(name);
        for (BulkTransfer.Result t : transfers) {
            json.writeStartObject();
            json.writeStringField("way", t.way());
            json.writeNumberField("bytes", t.bytes());
            json.writeNumberField("seconds", t.nanos() / 1e9);
            json.writeNumberField("gigabitsPerSecond", t.gigabitsPerSecond());
            json.writeStringField("sha256Sent", t.sent());
            json.writeStringField("sha256Received", t.received());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void counters(Report r) throws IOException {
        json.writeArrayFieldStart("counters");
        for (WalkCounters.Row row : r.counters()) {
            json.writeStartObject();
            json.writeStringField("layer", row.layer());
            json.writeStringField("name", row.name());
            json.writeNumberField("a", row.a());
            json.writeNumberField("b", row.b());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void ledger(String name, LedgerView l) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("allocated", l.allocated());
        json.writeNumberField("cloned", l.cloned());
        json.writeNumberField("split", l.split());
        counts("consumed", l.consumed());
        counts("dropped", l.dropped());
        json.writeNumberField("live", l.live());
        json.writeBooleanField("balanced", l.balanced());
        json.writeEndObject();
    }

    private void counts(String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> c : counts.entrySet()) {
            json.writeNumberField(c.getKey(), c.getValue());
        }
        json.writeEndObject();
    }
}
