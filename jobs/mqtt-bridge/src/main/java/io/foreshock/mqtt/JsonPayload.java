package io.foreshock.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.foreshock.codec.TelemetryViolation;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.mqtt.Route.ChannelField;
import io.foreshock.mqtt.Route.JsonFields;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads one JSON payload as its route says. A value that is no number costs only itself: one dead
 * letter, the rest goes on. A payload that is no JSON, or a sample without a time, costs the whole.
 */
final class JsonPayload {
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private final Incoming incoming;
  private final JsonFields fields;
  private final List<DeadLetter> letters;
  private final TelemetryMessage.Builder message = TelemetryMessage.newBuilder();
  private int position;
  private boolean saidSomething;

  /**
   * @param letters takes one letter for each value that cannot be used
   */
  JsonPayload(Incoming incoming, List<DeadLetter> letters) {
    this.incoming = incoming;
    this.fields = incoming.route().json();
    this.letters = letters;
  }

  TelemetryMessage read() throws Unreadable {
    JsonNode document = parse();
    message
        .setDeviceId(incoming.device())
        .setAssetId(incoming.asset())
        .setAssetClass(incoming.route().assetClass());
    identify(document);
    for (JsonNode sample : samples(document)) {
      long time = time(sample, document);
      measure(sample, time);
      codes(sample, time);
    }
    if (!saidSomething) {
      throw new Unreadable(Reason.MISSING_FIELD, "holds none of " + expected());
    }
    return message.build();
  }

  private JsonNode parse() throws Unreadable {
    try {
      JsonNode document = JSON.readTree(incoming.payload());
      if (document.isObject() || document.isArray()) {
        return document;
      }
      throw new Unreadable(Reason.MALFORMED, "no JSON object or array");
    } catch (JsonProcessingException e) {
      throw new Unreadable(
          Reason.MALFORMED, "no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new Unreadable(Reason.MALFORMED, "no JSON: " + e.getMessage());
    }
  }

  private void identify(JsonNode document) throws Unreadable {
    if (fields.boot() != null) {
      message.setBootId(required(fields.boot(), document).asText());
      JsonNode sequence = required(fields.sequence(), document);
      if (!sequence.canConvertToExactIntegral() || !sequence.canConvertToLong()) {
        throw new Unreadable(
            Reason.INVALID_FIELD,
            fields.sequence().text() + " must be a whole number, but is " + shown(sequence));
      }
      message.setSequence(sequence.longValue());
    }
    if (fields.messageId() != null) {
      message.setMessageId(required(fields.messageId(), document).asText());
    } else if (fields.boot() == null) {
      String bytes = incoming.fingerprint().text();
      // Without a time inside, the same bytes may well be another reading of the same value.
      message.setMessageId(
          fields.timeFromArrival() ? bytes + '@' + incoming.arrivalMillis() : bytes);
    }
  }

  private Iterable<JsonNode> samples(JsonNode document) throws Unreadable {
    if (fields.samples() != null) {
      JsonNode samples = required(fields.samples(), document);
      return samples.isArray() ? samples : List.of(samples);
    }
    return document.isArray() ? document : List.of(document);
  }

  private long time(JsonNode sample, JsonNode document) throws Unreadable {
    if (fields.timeFromArrival()) {
      return incoming.arrivalMillis();
    }
    JsonNode time = fields.time().in(sample);
    time = time == null ? fields.time().in(document) : time;
    if (time == null) {
      throw new Unreadable(Reason.MISSING_FIELD, "holds no time in " + fields.time().text());
    }
    if (time.isNumber()) {
      return Math.round(time.doubleValue() * fields.timeUnitMillis());
    }
    try {
      return OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new Unreadable(
          Reason.INVALID_FIELD,
          fields.time().text()
              + " must be a number since 1970 or like \"2026-01-31T08:00:00Z\", but is "
              + shown(time));
    }
  }

  private void measure(JsonNode sample, long time) {
    if (!fields.channels().isEmpty()) {
      for (ChannelField channel : fields.channels()) {
        JsonNode value = channel.field().in(sample);
        if (value != null) {
          measure(channel.channel(), channel.conversion(), value, time);
        }
      }
      return;
    }
    JsonNode all = fields.measurements().in(sample);
    if (all != null && all.isObject()) {
      all.fields()
          .forEachRemaining(
              member -> {
                if (!member.getValue().isNull()) {
                  measure(member.getKey(), Units.Linear.SAME, member.getValue(), time);
                }
              });
    }
  }

  private void measure(String channel, Units.Linear conversion, JsonNode value, long time) {
    int index = position++;
    saidSomething = true;
    if (!CHANNEL.matcher(channel).matches()) {
      String detail = "a channel has lower case letters, digits and _, but is ";
      refuse(index, detail + TelemetryViolation.quote(channel), "", value);
      return;
    }
    double number = conversion.apply(number(value));
    if (Double.isFinite(number)) {
      message.addMeasurements(
          Measurement.newBuilder()
              .setChannel(channel)
              .setEventTimeEpochMillis(time)
              .setValue(number));
    } else {
      refuse(index, "must be a finite number, but is " + shown(value), channel, value);
    }
  }

  /** Some devices put their numbers in quotes. NaN when it is none. */
  private static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    try {
      return value.isTextual() ? Double.parseDouble(value.asText()) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void refuse(int index, String detail, String channel, JsonNode value) {
    byte[] refused = value.toString().getBytes(StandardCharsets.UTF_8);
    letters.add(incoming.refuse(index, Reason.INVALID_FIELD, detail, channel, refused));
  }

  private void codes(JsonNode sample, long time) {
    JsonNode codes = fields.faultCodes() == null ? null : fields.faultCodes().in(sample);
    if (codes == null) {
      return;
    }
    saidSomething = true;
    List<JsonNode> all = new ArrayList<>();
    if (codes.isArray()) {
      codes.forEach(all::add);
    } else {
      all.add(codes);
    }
    for (JsonNode code : all) {
      if (!code.asText().isEmpty()) {
        message.addFaultCodes(
            FaultCode.newBuilder().setCode(code.asText()).setEventTimeEpochMillis(time));
      }
    }
  }

  private static JsonNode required(FieldPath path, JsonNode document) throws Unreadable {
    JsonNode found = path.in(document);
    if (found == null) {
      throw new Unreadable(Reason.MISSING_FIELD, "holds no " + path.text());
    }
    return found;
  }

  private String expected() {
    List<String> paths = new ArrayList<>();
    fields.channels().forEach(channel -> paths.add(channel.field().text()));
    if (paths.isEmpty()) {
      paths.add(fields.measurements().text());
    }
    if (fields.faultCodes() != null) {
      paths.add(fields.faultCodes().text());
    }
    return String.join(", ", paths);
  }

  private static String shown(JsonNode value) {
    return TelemetryViolation.quote(value.isValueNode() ? value.asText() : value.toString());
  }
}
