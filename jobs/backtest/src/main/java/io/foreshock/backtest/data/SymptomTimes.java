package io.foreshock.backtest.data;

import io.foreshock.backtest.run.Results;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** When the detectors had something to say about each asset. */
public final class SymptomTimes {
  /** Ids of detectors of change points begin so: one is found, not on. */
  private static final String CHANGE = "changepoint-";

  private final Map<String, List<Long>> changes = new HashMap<>();
  private final Map<String, List<Signal>> states = new HashMap<>();

  private SymptomTimes() {}

  public static SymptomTimes of(Results<Signal> signals) {
    SymptomTimes times = new SymptomTimes();
    signals.forEach(times::take);
    return times;
  }

  private void take(Signal signal) {
    boolean begins = signal.kind() == SignalKind.SYMPTOM;
    if (!begins && signal.kind() != SignalKind.SYMPTOM_CLEARED) {
      return;
    }
    String asset = signal.asset().assetId();
    if (!signal.name().startsWith(CHANGE)) {
      states.computeIfAbsent(asset, a -> new ArrayList<>()).add(signal);
    } else if (begins) {
      changes.computeIfAbsent(asset, a -> new ArrayList<>()).add(signal.eventTimeMillis());
    }
  }

  /** Times of the change points that were found, in order. */
  public List<Long> changes(String asset) {
    return changes.getOrDefault(asset, List.of());
  }

  /** Symptoms of an asset that are not change points, to be gone through in order of time. */
  public Cursor cursor(String asset, Predicate<Signal> which) {
    return new Cursor(states.getOrDefault(asset, List.of()).stream().filter(which).toList());
  }

  /** Goes through the symptoms of an asset. */
  public static final class Cursor {
    private final List<Signal> signals;
    private final Set<String> on = new HashSet<>();
    private int next;

    private Cursor(List<Signal> signals) {
      this.signals = signals;
    }

    /**
     * Detectors whose symptom is on, at a time and with everything said of that time.
     *
     * @param millis not before that of the last call
     */
    public Set<String> at(long millis) {
      while (next < signals.size() && signals.get(next).eventTimeMillis() <= millis) {
        Signal signal = signals.get(next++);
        if (signal.kind() == SignalKind.SYMPTOM) {
          on.add(signal.name());
        } else {
          on.remove(signal.name());
        }
      }
      return on;
    }
  }
}
