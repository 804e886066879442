package io.foreshock.savepoint;

import io.foreshock.savepoint.SnapshotContents.OperatorFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How the second of two snapshots differs from the first, as sentences. */
public final class SnapshotDiff {

  /**
   * A difference.
   *
   * @param uid operator
   * @param form whether names, serializers or parallelism differ, and not only how much there is
   */
  public record Difference(String uid, boolean form, String text) {}

  private SnapshotDiff() {}

  /** Compares operator by operator, state by state. */
  public static List<Difference> of(SnapshotReport before, SnapshotReport after) {
    Map<String, OperatorFigures> first = byUid(before);
    Map<String, OperatorFigures> second = byUid(after);
    TreeSet<String> uids = new TreeSet<>(first.keySet());
    uids.addAll(second.keySet());
    List<Difference> all = new ArrayList<>();
    for (String uid : uids) {
      OperatorFigures one = first.get(uid);
      OperatorFigures two = second.get(uid);
      if (one == null || two == null) {
        String size = StateCheck.size((one == null ? two : one).operator().bytes());
        all.add(
            new Difference(
                uid, true, (one == null ? "only in the second, " : "only in the first, ") + size));
      } else {
        compare(uid, one, two, all);
      }
    }
    return all;
  }

  private static Map<String, OperatorFigures> byUid(SnapshotReport report) {
    Map<String, OperatorFigures> all = new LinkedHashMap<>();
    report.operators().forEach(figures -> all.put(figures.operator().uid(), figures));
    return all;
  }

  private static void compare(
      String uid, OperatorFigures one, OperatorFigures two, List<Difference> all) {
    change(
        uid, true, "parallelism", one.operator().parallelism(), two.operator().parallelism(), all);
    change(
        uid,
        true,
        "maximum parallelism",
        one.operator().maxParallelism(),
        two.operator().maxParallelism(),
        all);
    change(uid, false, "keys", one.keys(), two.keys(), all);
    Map<String, StateFigures> first = byName(one);
    Map<String, StateFigures> second = byName(two);
    TreeSet<String> names = new TreeSet<>(first.keySet());
    names.addAll(second.keySet());
    for (String name : names) {
      StateFigures before = first.get(name);
      StateFigures after = second.get(name);
      if (before == null || after == null) {
        all.add(
            new Difference(
                uid,
                true,
                "state " + name + " only in the " + (before == null ? "second" : "first")));
        continue;
      }
      String state = "state " + name + " ";
      change(
          uid,
          true,
          state + "serializer",
          before.state().serializer(),
          after.state().serializer(),
          all);
      change(uid, true, state + "formats", before.formats(), after.formats(), all);
      change(uid, false, state + "entries", before.entries(), after.entries(), all);
      change(uid, false, state + "bytes", before.bytes(), after.bytes(), all);
      change(uid, false, state + "newest event time", newest(before), newest(after), all);
    }
  }

  private static String newest(StateFigures figures) {
    return figures.times().isEmpty()
        ? "none"
        : Instant.ofEpochMilli(figures.times().newestMillis()).toString();
  }

  private static Map<String, StateFigures> byName(OperatorFigures figures) {
    Map<String, StateFigures> all = new LinkedHashMap<>();
    figures.states().forEach(state -> all.put(state.state().name(), state));
    return all;
  }

  private static void change(
      String uid, boolean form, String what, Object before, Object after, List<Difference> all) {
    if (!before.equals(after)) {
      all.add(new Difference(uid, form, what + " " + before + " → " + after));
    }
  }
}
