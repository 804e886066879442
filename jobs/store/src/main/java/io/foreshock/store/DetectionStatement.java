package io.foreshock.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.Signal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/** One detection as one call. */
final class DetectionStatement implements JdbcStatementBuilder<Detection> {
  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();

  static final String SQL =
      "SELECT foreshock.store_detection_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  @Override
  public void accept(PreparedStatement call, Detection detection) throws SQLException {
    call.setString(1, detection.asset().tenant());
    call.setString(2, detection.id());
    call.setString(3, detection.asset().assetId());
    call.setString(4, detection.asset().assetClass());
    call.setString(5, StoredText.of(detection.pattern()));
    call.setInt(6, detection.patternVersion());
    call.setString(7, StoredText.of(detection.component()));
    call.setString(8, StoredText.of(detection.failureMode()));
    call.setString(9, detection.severity().name().toLowerCase(Locale.ROOT));
    call.setLong(10, detection.eventTimeMillis());
    call.setLong(11, detection.horizonMillis());
    call.setBoolean(12, detection.backlog());
    call.setString(13, evidence(detection));
  }

  /**
   * {@code [{"stage": "…", "signals": [{"kind": "symptom", …}, …]}, …]}; no key for what is absent.
   */
  static String evidence(Detection detection) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (StageEvidence stage : detection.evidence()) {
        json.writeStartObject();
        write(json, "stage", stage.stage());
        json.writeArrayFieldStart("signals");
        for (Signal signal : stage.signals()) {
          write(json, signal);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Signal signal) throws IOException {
    json.writeStartObject();
    write(json, "kind", signal.kind().name().toLowerCase(Locale.ROOT));
    write(json, "name", signal.name());
    write(json, "channel", signal.channel());
    write(json, "component", signal.component());
    write(json, "attribute", signal.attribute());
    json.writeStringField("event_time", Instant.ofEpochMilli(signal.eventTimeMillis()).toString());
    write(json, "value", signal.value());
    write(json, "limit", signal.limit());
    write(json, "score", signal.score());
    json.writeBooleanField("backlog", signal.backlog());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String key, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(key, StoredText.of(value));
    }
  }

  private static void write(JsonGenerator json, String key, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(key, value);
    }
  }
}
