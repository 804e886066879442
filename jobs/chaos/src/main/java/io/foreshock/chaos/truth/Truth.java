package io.foreshock.chaos.truth;

import io.foreshock.chaos.truth.Outgoing.Letter;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must come out, known from what was sent and from where and when the broker stored it.
 *
 * <p>Content, order and number of the records follow from the scripts of the devices. Three things
 * follow from the broker's answer, because the contract says so:
 *
 * <ul>
 *   <li>the place of a dead letter is that of its record;
 *   <li>a message is backlog when its newest item is older than {@code live.max-age} at its append
 *       time;
 *   <li>a message that was overtaken is late, whole, when it was appended after {@code
 *       reorder.max-wait} had passed since the one that overtook it. Its place among the other late
 *       ones is then not promised.
 * </ul>
 *
 * <p>A record that the broker stored twice is a repeat like any other. Thread-safe.
 */
public final class Truth {
  private final long maxWaitMillis;
  private final long liveMaxAgeMillis;
  private final Map<Long, Outgoing> sent = new HashMap<>();
  private final List<Arrival> arrivals = new ArrayList<>();

  /** A record as the broker has stored it. */
  private record Arrival(
      Outgoing record, String topic, int partition, long offset, long appendMillis) {}

  /** First arrival of a message. */
  private record First(DeviceMessage message, Arrival arrival) {}

  /**
   * What must be found in the outputs.
   *
   * @param clean messages in the order of their device
   * @param behind messages, or parts of them, that were late
   * @param deadLetters what could not be used
   * @param detections episodes that were seen
   * @param rows items of messages, late ones included, as tables hold them; in no order
   */
  public record Expected(
      Lines clean, Lines behind, Lines deadLetters, Lines detections, Lines rows) {}

  /**
   * @param maxWait {@code reorder.max-wait} of the job
   * @param liveMaxAge {@code live.max-age} of the job
   */
  public Truth(Duration maxWait, Duration liveMaxAge) {
    maxWaitMillis = maxWait.toMillis();
    liveMaxAgeMillis = liveMaxAge.toMillis();
  }

  /** A record was handed to the producer. */
  public synchronized void sent(Outgoing record) {
    sent.put(record.id(), record);
  }

  /** A record was found on a raw topic; call in the order of offsets. */
  public synchronized void stored(
      long id, String topic, int partition, long offset, long appendMillis) {
    arrivals.add(new Arrival(sent.get(id), topic, partition, offset, appendMillis));
  }

  /** Records handed to the producer. */
  public synchronized long sentCount() {
    return sent.size();
  }

  /** Records that were sent, but that the broker does not have. */
  public synchronized List<Outgoing> notStored() {
    Map<Long, Outgoing> missing = new LinkedHashMap<>(sent);
    arrivals.forEach(arrival -> missing.remove(arrival.record().id()));
    return List.copyOf(missing.values());
  }

  /** What must come of what is stored so far. */
  public synchronized Expected expected() {
    Expected expected =
        new Expected(new Lines(), new Lines(), new Lines(), new Lines(), Lines.unordered());
    Map<String, Map<Long, First>> devices = new LinkedHashMap<>();
    for (Arrival arrival : arrivals) {
      Outgoing record = arrival.record();
      String device = Lines.device(record.tenant(), record.device());
      for (Letter letter : record.letters()) {
        expected
            .deadLetters()
            .add(
                device,
                Lines.letter(
                    arrival.topic(),
                    arrival.partition(),
                    arrival.offset(),
                    letter.index(),
                    letter.reason()));
      }
      if (record.message() != null) {
        devices
            .computeIfAbsent(device, d -> new LinkedHashMap<>())
            .putIfAbsent(record.message().order(), new First(record.message(), arrival));
      }
    }
    devices.forEach((device, messages) -> add(device, messages, expected));
    return expected;
  }

  private void add(String device, Map<Long, First> messages, Expected expected) {
    Map<Long, Boolean> late = lateness(messages);
    List<First> inOrder = new ArrayList<>(messages.values());
    inOrder.sort(Comparator.comparingLong(first -> first.message().order()));
    for (First first : inOrder) {
      DeviceMessage message = first.message();
      long append = first.arrival().appendMillis();
      boolean backlog = isBacklog(message, append);
      TelemetryBatch passes = batch(message.passes(), message.tenant(), append, backlog);
      addRows(device, passes, expected.rows());
      if (message.behind() != null) {
        addRows(
            device, batch(message.behind(), message.tenant(), append, backlog), expected.rows());
      }
      if (late.get(message.order())) {
        // Whole: the items that would have passed and those that would not.
        TelemetryMessage.Builder whole = message.passes().toBuilder();
        if (message.behind() != null) {
          whole.addAllMeasurements(message.behind().getMeasurementsList());
        }
        expected
            .behind()
            .addAnywhere(
                device, Lines.late(batch(whole.build(), message.tenant(), append, backlog)));
        expected.clean().addAnywhere(device, Lines.of(empty(message, append, backlog)));
        continue;
      }
      expected.clean().add(device, Lines.of(passes));
      if (message.behind() != null) {
        expected
            .behind()
            .add(device, Lines.late(batch(message.behind(), message.tenant(), append, backlog)));
      }
      if (message.detectionMillis() >= 0) {
        expected.detections().add(device, Lines.detection(message.detectionMillis(), backlog));
      }
    }
  }

  private static void addRows(String device, TelemetryBatch batch, Lines rows) {
    long append = batch.appendTimeMillis();
    batch
        .measurements()
        .forEach(
            item ->
                rows.add(
                    device,
                    Lines.reading(
                        item.channel(),
                        item.value(),
                        item.eventTimeMillis(),
                        batch.backlog(),
                        append)));
    batch
        .faultCodes()
        .forEach(
            item ->
                rows.add(
                    device,
                    Lines.faultCode(item.code(), item.eventTimeMillis(), batch.backlog(), append)));
  }

  /** Whether each message came after its place had been given up. In order of arrival. */
  private Map<Long, Boolean> lateness(Map<Long, First> messages) {
    Map<Long, Boolean> late = new HashMap<>();
    long newest = -1;
    long newestAppend = 0;
    for (First first : messages.values()) {
      long order = first.message().order();
      long append = first.arrival().appendMillis();
      late.put(
          order,
          order < newest
              && first.message().isNumbered()
              && append - 1 >= newestAppend + maxWaitMillis);
      if (order > newest) {
        newest = order;
        newestAppend = append;
      }
    }
    return late;
  }

  private boolean isBacklog(DeviceMessage message, long appendMillis) {
    long newest =
        Math.max(newest(message.passes()), message.behind() == null ? 0 : newest(message.behind()));
    return newest > 0 && newest < appendMillis - liveMaxAgeMillis;
  }

  private static long newest(TelemetryMessage message) {
    return TelemetryCodec.toBatch(message, "any", 0, false).newestEventTimeMillis();
  }

  private static TelemetryBatch batch(
      TelemetryMessage message, String tenant, long append, boolean backlog) {
    return TelemetryCodec.toBatch(message, tenant, append, backlog);
  }

  private static TelemetryBatch empty(DeviceMessage message, long append, boolean backlog) {
    return batch(
        message.passes().toBuilder().clearMeasurements().clearFaultCodes().build(),
        message.tenant(),
        append,
        backlog);
  }
}
