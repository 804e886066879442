package io.foreshock.chaos.truth;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.Detection;
import io.foreshock.model.FaultCode;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Records of one output as lines of text, in order for each device. One line says all that the
 * contract promises about a record, so two records are equal when their lines are.
 */
public final class Lines {
  private static final Pattern LIVE = Pattern.compile("(^| )live( |$)");

  private final Map<String, List<String>> byDevice = new LinkedHashMap<>();
  private final Set<String> anywhere = new HashSet<>();
  private final boolean ordered;
  private long size;

  /** Records in order for each device. */
  public Lines() {
    this(true);
  }

  private Lines(boolean ordered) {
    this.ordered = ordered;
  }

  /** Records of which no order is promised, such as rows of a table. */
  public static Lines unordered() {
    return new Lines(false);
  }

  /**
   * @param device tenant and device
   */
  public void add(String device, String line) {
    byDevice.computeIfAbsent(device, d -> new ArrayList<>()).add(line);
    size++;
  }

  /** A record that must come once, but whose place among those of its device is not promised. */
  void addAnywhere(String device, String line) {
    add(device, line);
    anywhere.add(device + line);
  }

  boolean isPlaced(String device, String line) {
    return ordered && !anywhere.contains(device + line);
  }

  public long size() {
    return size;
  }

  Set<String> devices() {
    return byDevice.keySet();
  }

  List<String> of(String device) {
    return byDevice.getOrDefault(device, List.of());
  }

  /** How many records of a device are marked live. */
  public long liveOf(String device) {
    return of(device).stream().filter(line -> LIVE.matcher(line).find()).count();
  }

  /** Key of a device over all tenants. */
  public static String device(String tenant, String device) {
    return tenant + "/" + device;
  }

  /** A message after decode and order: identity, mark, items with their times, append time. */
  public static String of(TelemetryBatch batch) {
    return line(batch, batch.backlog() ? " backlog" : " live");
  }

  /** A message, or the part of one, that took the late route; it is never live. */
  public static String late(TelemetryBatch batch) {
    return line(batch, " late");
  }

  private static String line(TelemetryBatch batch, String mark) {
    StringBuilder line = new StringBuilder();
    if (batch.isSequenced()) {
      line.append(batch.bootId()).append('#').append(batch.sequence());
    } else {
      line.append(batch.messageId());
    }
    line.append(mark);
    for (Measurement item : batch.measurements()) {
      line.append(' ').append(item.channel()).append('=').append(item.value());
      line.append('@').append(item.eventTimeMillis());
    }
    for (FaultCode item : batch.faultCodes()) {
      line.append(' ').append(item.code()).append('@').append(item.eventTimeMillis());
    }
    return line.append(" appended ").append(batch.appendTimeMillis()).toString();
  }

  /** A reading as a row of its own. */
  public static String reading(
      String channel, double value, long eventTimeMillis, boolean backlog, long appendTimeMillis) {
    return row(channel + "=" + value, eventTimeMillis, backlog, appendTimeMillis);
  }

  /** A fault code as a row of its own. */
  public static String faultCode(
      String code, long eventTimeMillis, boolean backlog, long appendTimeMillis) {
    return row(code, eventTimeMillis, backlog, appendTimeMillis);
  }

  private static String row(
      String content, long eventTimeMillis, boolean backlog, long appendTimeMillis) {
    return content
        + "@"
        + eventTimeMillis
        + (backlog ? " backlog" : " live")
        + " appended "
        + appendTimeMillis;
  }

  /** A dead letter: place and reason. */
  public static String of(DeadLetter letter) {
    return letter(
        letter.source().topic(),
        letter.source().partition(),
        letter.source().offset(),
        letter.index(),
        letter.reason());
  }

  static String letter(
      String topic, int partition, long offset, int index, DeadLetter.Reason reason) {
    return topic + "-" + partition + "@" + offset + "[" + index + "] " + reason;
  }

  /** A detection: mark and event time; a repeat has the same. */
  public static String of(Detection detection) {
    return detection(detection.eventTimeMillis(), detection.backlog());
  }

  static String detection(long eventTimeMillis, boolean backlog) {
    return (backlog ? "backlog " : "live ") + eventTimeMillis;
  }
}
