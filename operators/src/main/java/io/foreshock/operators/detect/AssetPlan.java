package io.foreshock.operators.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The detectors that one group of assets shares, with their places. The detector objects are reused
 * from asset to asset by one task; what they remember in between is nobody's.
 */
final class AssetPlan {

  /**
   * A detector at its place.
   *
   * @param hash names its state; see {@link #hash}
   * @param relearnComponent maintenance on it starts the learning anew; empty for never
   */
  record Slot(
      Detector detector, String id, long hash, List<String> channels, String relearnComponent) {

    /** The channel of a symptom: of several, the one that the detector blames. */
    String channel() {
      if (detector instanceof VectorDetector vector) {
        return channels.get(vector.leading());
      }
      return channels.isEmpty() ? "" : channels.get(0);
    }
  }

  /**
   * What happens to the readings of a channel.
   *
   * @param detectors places of the detectors that live on its readings
   * @param vectors places of the detectors that live on it and on others
   * @param vectorChannels place of the channel in each of {@code vectors}
   * @param silences places of the detectors that miss its readings
   * @param wanted its plain readings are signals
   */
  record ChannelPlan(
      int[] detectors, int[] vectors, int[] vectorChannels, int[] silences, boolean wanted) {}

  final Slot[] slots;

  /** Silences of the whole asset. */
  final int[] assetSilences;

  /** All silences, of the asset and of channels. */
  final int[] silences;

  /** Detectors that relearn after maintenance. */
  final int[] learners;

  /** Patterns want to know how far the asset's own time has come. */
  final boolean heartbeats;

  private final Map<String, ChannelPlan> channels = new HashMap<>();
  private final long[] sortedHashes;
  private final int[] placeOfSorted;

  AssetPlan(List<DetectorSpec> specs, Set<String> wantedReadings) {
    slots = specs.stream().map(AssetPlan::slot).toArray(Slot[]::new);
    Map<String, List<Integer>> readers = new HashMap<>();
    Map<String, List<Integer>> missing = new HashMap<>();
    Map<String, List<Integer>> vectors = new HashMap<>();
    Map<String, List<Integer>> vectorChannels = new HashMap<>();
    List<Integer> learning = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      List<String> watched = slots[i].channels();
      if (slots[i].detector() instanceof VectorDetector) {
        for (int c = 0; c < watched.size(); c++) {
          vectors.computeIfAbsent(watched.get(c), n -> new ArrayList<>()).add(i);
          vectorChannels.computeIfAbsent(watched.get(c), n -> new ArrayList<>()).add(c);
        }
      } else {
        boolean silence = slots[i].detector() instanceof SilenceDetector;
        (silence ? missing : readers)
            .computeIfAbsent(watched.isEmpty() ? "" : watched.get(0), c -> new ArrayList<>())
            .add(i);
      }
      if (!slots[i].relearnComponent().isEmpty()) {
        learning.add(i);
      }
    }
    assetSilences = places(missing.get(""));
    silences = places(missing.values().stream().flatMap(List::stream).sorted().toList());
    learners = places(learning);
    heartbeats = wantedReadings.contains(DetectorPlan.HEARTBEAT);
    List<String> names = new ArrayList<>(readers.keySet());
    names.addAll(missing.keySet());
    names.addAll(vectors.keySet());
    names.addAll(wantedReadings);
    for (String name : names) {
      if (!name.isEmpty()) {
        channels.put(
            name,
            new ChannelPlan(
                places(readers.get(name)),
                places(vectors.get(name)),
                places(vectorChannels.get(name)),
                places(missing.get(name)),
                wantedReadings.contains(name)));
      }
    }
    sortedHashes = Arrays.stream(slots).mapToLong(Slot::hash).sorted().toArray();
    placeOfSorted = new int[slots.length];
    for (int i = 0; i < slots.length; i++) {
      placeOfSorted[Arrays.binarySearch(sortedHashes, slots[i].hash())] = i;
    }
  }

  /** The channel's part of the plan; null when nobody is interested in it. */
  ChannelPlan channel(String name) {
    return channels.get(name);
  }

  /** Place of the detector with the hash; -1 when the plan has none. */
  int placeOf(long hash) {
    int found = Arrays.binarySearch(sortedHashes, hash);
    return found < 0 ? -1 : placeOfSorted[found];
  }

  boolean hasDetectors() {
    return slots.length > 0;
  }

  /**
   * Name of a detector's state in 8 bytes: FNV-1a of its id, 64 bits. Part of the state contract.
   */
  static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  private static Slot slot(DetectorSpec spec) {
    String id = spec.id();
    return new Slot(Detector.of(spec), id, hash(id), spec.channels(), spec.relearnComponent());
  }

  private static int[] places(List<Integer> list) {
    return list == null ? new int[0] : list.stream().mapToInt(Integer::intValue).toArray();
  }
}
