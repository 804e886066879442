package io.foreshock.backtest.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured, small enough to be drawn. Memory is bounded by the number of channels, not by
 * the number of readings: each channel keeps the smallest and the largest reading of every stretch
 * of time, and near alarms and failures the stretches are short.
 *
 * <p>Readings of one channel come in order of time; one that does not is put in its place when the
 * report is written.
 */
public final class Tracks {
  /** Points of all channels together: about five bytes each in the file. */
  static final int POINTS = 560_000;

  private static final int FEWEST = 120;
  private static final int MOST = 8_000;
  private static final int MOST_SPANS = 500;

  private final Map<String, Stretches> stretches = new HashMap<>();
  private final Map<String, Map<String, Track>> channels = new HashMap<>();
  private final Map<String, List<Code>> codes = new HashMap<>();
  private final Map<String, Map<String, Symptom>> symptoms = new HashMap<>();

  /**
   * When a symptom was on.
   *
   * @param spans by time; the last is open while its end is {@link Long#MAX_VALUE}
   */
  record Symptom(String name, String channel, List<Report.Span> spans) {}

  /**
   * A code of a controller.
   *
   * @param severity in lower case; may be empty
   */
  record Code(String name, String severity, long timeMillis) {}

  /**
   * Tracks for the machines, failures and alarms of a report.
   *
   * @param channels how many channels all machines have together, at least about
   * @param readings how many readings all channels have together: few enough are all kept
   */
  public Tracks(Report report, int channels, long readings) {
    int share = Math.max(FEWEST, Math.min(MOST, POINTS / Math.max(1, channels)));
    int pointsPerChannel = readings <= POINTS ? Integer.MAX_VALUE : share;
    Map<String, List<Report.Span>> close = Stretches.closeLooks(report);
    for (Report.Machine machine : report.machines()) {
      stretches.put(
          machine.id(),
          Stretches.of(
              machine.watched(), close.getOrDefault(machine.id(), List.of()), pointsPerChannel));
    }
  }

  /** Adds a reading; one of an unknown machine or without a finite value is left out. */
  public void reading(String machine, String channel, String unit, long timeMillis, double value) {
    Stretches of = stretches.get(machine);
    if (of != null && Double.isFinite(value)) {
      channels
          .computeIfAbsent(machine, m -> new LinkedHashMap<>())
          .computeIfAbsent(channel, name -> new Track(name, unit, of))
          .add(timeMillis, value);
    }
  }

  /** Adds a fault code; one of an unknown machine is left out. */
  public void code(String machine, String code, String severity, long timeMillis) {
    if (stretches.containsKey(machine)) {
      codes
          .computeIfAbsent(machine, m -> new ArrayList<>())
          .add(new Code(code, severity, timeMillis));
    }
  }

  /**
   * Adds the begin or the end of a symptom. Of very many only the first are kept.
   *
   * @param onset true when it began
   */
  public void symptom(String machine, String name, String channel, boolean onset, long timeMillis) {
    if (!stretches.containsKey(machine)) {
      return;
    }
    List<Report.Span> spans =
        symptoms
            .computeIfAbsent(machine, m -> new LinkedHashMap<>())
            .computeIfAbsent(
                channel + '\n' + name, key -> new Symptom(name, channel, new ArrayList<>()))
            .spans();
    int last = spans.size() - 1;
    boolean open = last >= 0 && spans.get(last).toMillis() == Long.MAX_VALUE;
    if (onset && !open && spans.size() < MOST_SPANS) {
      spans.add(new Report.Span(timeMillis, Long.MAX_VALUE));
    } else if (!onset && open) {
      spans.set(last, new Report.Span(spans.get(last).fromMillis(), timeMillis));
    }
  }

  Collection<Symptom> symptoms(String machine) {
    return symptoms.getOrDefault(machine, Map.of()).values();
  }

  Collection<Track> channels(String machine) {
    return channels.getOrDefault(machine, Map.of()).values();
  }

  List<Code> codes(String machine) {
    return codes.getOrDefault(machine, List.of());
  }
}
