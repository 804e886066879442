package io.foreshock.chaos.truth;

import io.foreshock.chaos.truth.Outgoing.Letter;
import io.foreshock.proto.telemetry.v1.Delivery;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.Measurement;
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
 * <p>Lines are made from the messages as devices sent them, never by the product's decoder.
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
                    arrival.topic() + "-" + arrival.partition() + "@" + arrival.offset(),
                    arrival.appendMillis(),
                    record.device(),
                    letter));
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
      addRows(device, message.passes(), append, backlog, expected.rows());
      if (message.behind() != null) {
        addRows(device, message.behind(), append, backlog, expected.rows());
      }
      Delivery inPlace = backlog ? Delivery.DELIVERY_BACKLOG : Delivery.DELIVERY_LIVE;
      if (late.get(message.order())) {
        // Whole: the items that would have passed and those that would not.
        TelemetryMessage.Builder whole = message.passes().toBuilder();
        if (message.behind() != null) {
          whole.addAllMeasurements(message.behind().getMeasurementsList());
        }
        expected
            .behind()
            .addAnywhere(device, line(first, whole.build(), Delivery.DELIVERY_BACKFILL));
        TelemetryMessage empty =
            message.passes().toBuilder().clearMeasurements().clearFaultCodes().build();
        expected.clean().addAnywhere(device, line(first, empty, inPlace));
        continue;
      }
      expected.clean().add(device, line(first, message.passes(), inPlace));
      if (message.behind() != null) {
        expected.behind().add(device, line(first, message.behind(), Delivery.DELIVERY_BACKFILL));
      }
      if (message.episode() != null) {
        expected.detections().add(device, message.episode().line(backlog));
      }
    }
  }

  private static String line(First first, TelemetryMessage content, Delivery delivery) {
    return MessageLines.of(
        MessageLines.passedOn(
            content, first.message().tenant(), first.arrival().appendMillis(), delivery));
  }

  private static void addRows(
      String device, TelemetryMessage message, long append, boolean backlog, Lines rows) {
    for (Measurement item : message.getMeasurementsList()) {
      long time = item.getEventTimeEpochMillis();
      rows.add(device, Lines.reading(item.getChannel(), item.getValue(), time, backlog, append));
    }
    for (FaultCode item : message.getFaultCodesList()) {
      long time = item.getEventTimeEpochMillis();
      rows.add(device, Lines.faultCode(item.getCode(), time, backlog, append));
    }
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
    long newest = MessageLines.newestMillis(message.passes());
    if (message.behind() != null) {
      newest = Math.max(newest, MessageLines.newestMillis(message.behind()));
    }
    // A message without items is live.
    return newest != Long.MIN_VALUE && newest < appendMillis - liveMaxAgeMillis;
  }
}
