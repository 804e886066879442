package io.foreshock.chaos.truth;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
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

  /** A dead letter: place, append time and key of its record, reason, device, channel, bytes. */
  public static String of(DeadLetter letter) {
    RawRecord source = letter.source();
    return letter(
        source.topic() + "-" + source.partition() + "@" + source.offset(),
        source.appendTimeMillis(),
        new String(source.key(), StandardCharsets.UTF_8),
        new Outgoing.Letter(
            letter.index(), letter.reason(), source.value(), letter.deviceId(), letter.channel()));
  }

  /**
   * @param place topic, partition and offset of the record
   */
  static String letter(String place, long appendTimeMillis, String key, Outgoing.Letter letter) {
    return "%s[%d] %s appended %d key \"%s\" device \"%s\" channel \"%s\" bytes %s"
        .formatted(
            place,
            letter.index(),
            letter.reason(),
            appendTimeMillis,
            key,
            letter.device(),
            letter.channel(),
            HexFormat.of().formatHex(letter.value()));
  }

  /** A detection, see {@link Episode}; a repeat has the same line. */
  public static String of(Detection detection) {
    return Episode.line(detection);
  }
}
