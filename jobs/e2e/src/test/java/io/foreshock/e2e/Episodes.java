package io.foreshock.e2e;

import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Telemetry with a known number of precursors: each asset goes through episodes of three messages
 * (shakes, reports a fault, is calm again), and each episode is one detection, at the fault.
 */
final class Episodes {
  private static final String PATTERN =
      """
      pattern: shaking-then-fault
      version: 1
      description: An asset shakes and then reports a fault.
      source: test
      appliesTo: {assetClass: [pump]}
      symptoms:
        shaking: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s}
      sequence:
        - {stage: shakes, when: 'symptom == "shaking"'}
        - {stage: fails, when: 'fault.code == "E42"'}
      within: 1h
      detection: {component: bearing, failureMode: wear, severity: critical}
      """;
  private static final int MESSAGES = 3;

  private final String tenant;
  private final int assets;
  private final int episodes;
  private final long begin;

  /**
   * @param begin event time of the first message; one message of each asset for each millisecond
   */
  Episodes(String tenant, int assets, int episodes, long begin) {
    this.tenant = tenant;
    this.assets = assets;
    this.episodes = episodes;
    this.begin = begin;
  }

  /** Writes the pattern to a file for the option {@code patterns}. */
  static Path pattern(Path folder) throws IOException {
    return Files.writeString(folder.resolve("shaking-then-fault.yaml"), PATTERN);
  }

  int detections() {
    return assets * episodes;
  }

  /** Messages in the order in which the devices send them, assets interleaved. */
  List<ProducerRecord<byte[], byte[]>> messages() {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int sequence = 0; sequence < episodes * MESSAGES; sequence++) {
      for (int asset = 0; asset < assets; asset++) {
        messages.add(
            new ProducerRecord<>(
                tenant + ".telemetry.raw", assetId(asset).getBytes(), message(asset, sequence)));
      }
    }
    return messages;
  }

  /** One line for each detection that must come: asset and event time. */
  Set<String> expected() {
    Set<String> expected = new TreeSet<>();
    for (int asset = 0; asset < assets; asset++) {
      for (int episode = 0; episode < episodes; episode++) {
        expected.add(assetId(asset) + " " + (begin + episode * MESSAGES + 1));
      }
    }
    return expected;
  }

  /** The same line for a detection that came. */
  static String line(Detection detection) {
    return detection.asset().assetId() + " " + detection.eventTimeMillis();
  }

  static Detection detection(ConsumerRecord<byte[], byte[]> record) {
    try {
      return DetectionCodec.decode(record.value());
    } catch (IOException e) {
      throw new AssertionError("Not a detection at offset " + record.offset(), e);
    }
  }

  private byte[] message(int asset, int sequence) {
    Readings message =
        Readings.of(new AssetRef(tenant, assetId(asset), "pump"))
            .sequence(sequence)
            .at(begin + sequence);
    return (switch (sequence % MESSAGES) {
          case 0 -> message.reading("vibration_rms_mm_s", 8.5);
          case 1 -> message.fault("E42");
          default -> message.reading("vibration_rms_mm_s", 2.0);
        })
        .bytes();
  }

  private static String assetId(int asset) {
    return "pump-" + asset;
  }
}
