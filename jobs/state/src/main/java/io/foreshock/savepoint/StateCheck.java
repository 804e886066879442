package io.foreshock.savepoint;

import io.foreshock.savepoint.Finding.Level;
import io.foreshock.savepoint.SnapshotContents.OperatorFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says before a restore what Flink would do with a snapshot and a build of a job: what maps, what
 * would be dropped, what would be refused. Reads the snapshot only.
 */
public final class StateCheck {
  private final Snapshot snapshot;
  private final Contract contract;
  private final Map<String, String> options;
  private final ClassLoader jobClasses;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param contract of the build that is to restore it
   * @param options options that the job will have; null when they are not known, so that every
   *     operator that it can have counts
   * @param jobClasses classes of that build alone
   */
  public StateCheck(
      Snapshot snapshot, Contract contract, Map<String, String> options, ClassLoader jobClasses) {
    this.snapshot = snapshot;
    this.contract = contract;
    this.options = options;
    this.jobClasses = jobClasses;
  }

  /**
   * Compares.
   *
   * @param contents counts operators; null to leave contents unread and find less
   */
  public List<Finding> run(SnapshotContents contents) {
    files();
    for (StoredOperator operator : snapshot.operators()) {
      Contract.Operator there =
          contract.operators().stream()
              .filter(each -> operator.isOf(each.uid()))
              .findFirst()
              .orElse(null);
      if (there == null) {
        unknown(operator);
      } else if (options != null && !there.isPartOf(options)) {
        switchedOff(operator, there);
      } else {
        known(operator, there, contents);
      }
    }
    begunEmpty();
    return List.copyOf(findings);
  }

  private void add(Level level, String uid, String subject, String reason, String remedy) {
    findings.add(new Finding(level, uid, subject, reason, remedy));
  }

  private void files() {
    for (SnapshotFiles.Missing missing : SnapshotFiles.of(snapshot).missing()) {
      add(
          Level.REFUSED,
          missing.uid(),
          "",
          missing.reason() + ".",
          "Restore another savepoint, or bring the file back; a savepoint must be copied with its folder, a checkpoint"
              + " with the folder \"shared\" beside it.");
    }
  }

  private void unknown(StoredOperator operator) {
    if (!operator.hasState()) {
      add(Level.FITS, operator.uid(), "", "has no state, and is gone in this build.", "");
      return;
    }
    add(
        Level.REFUSED,
        operator.uid(),
        "",
        "the snapshot holds state for this uid ("
            + size(operator.bytes())
            + names(operator)
            + "), which this build of "
            + contract.job()
            + " does not contain.",
        "Deploy the release that wrote it, or give this state up with --allowNonRestoredState.");
  }

  private void switchedOff(StoredOperator operator, Contract.Operator there) {
    String needed =
        there
            .takenAwayBy(options)
            .map(condition -> "without " + condition)
            .orElse("with " + String.join(" or ", there.with()));
    if (operator.hasState()) {
      add(
          Level.REFUSED,
          there.uid(),
          "",
          "the snapshot holds state for this uid ("
              + size(operator.bytes())
              + names(operator)
              + "), but the job has it only "
              + needed
              + ".",
          (there.takenAwayBy(options).isPresent() ? "Leave that option away" : "Set that option")
              + ", or give this state up with --allowNonRestoredState.");
    } else {
      add(Level.FITS, there.uid(), "", "has no state; the job has it only " + needed + ".", "");
    }
  }

  private static String names(StoredOperator operator) {
    try {
      return operator.states().isEmpty()
          ? ""
          : ": " + String.join(", ", operator.states().stream().map(StoredState::name).toList());
    } catch (SnapshotException e) {
      return "";
    }
  }

  private void known(StoredOperator operator, Contract.Operator there, SnapshotContents contents) {
    int before = problems();
    int max = there.maxParallelism() > 0 ? there.maxParallelism() : contract.maxParallelism();
    if (operator.maxParallelism() != max) {
      add(
          Level.REFUSED,
          there.uid(),
          "",
          "was written with maximum parallelism "
              + operator.maxParallelism()
              + ", but this build has "
              + max
              + ", which is fixed for the life of the state.",
          "Deploy with the maximum it was written with, or begin without state.");
    }
    if (there.parallelism() > 0 && operator.parallelism() != there.parallelism()) {
      add(
          Level.NOTE,
          there.uid(),
          "",
          "ran with parallelism "
              + operator.parallelism()
              + ", this build fixes it at "
              + there.parallelism()
              + ".",
          "");
    }
    if (Handles.isUnaligned(operator.raw())) {
      add(
          Level.NOTE,
          there.uid(),
          "",
          "has records in flight: an unaligned checkpoint restores into the same graph only.",
          "Take a savepoint before an upgrade.");
    }
    if (operator.keyedHandles().stream().anyMatch(Handles::isChangelog)) {
      add(
          Level.NOTE,
          there.uid(),
          "",
          "keeps a log of changes, which is not read here.",
          "Restore it with execution.state-recovery.claim-mode CLAIM, from a copy.");
    }
    try {
      states(operator, there, contents);
    } catch (SnapshotException e) {
      add(Level.REFUSED, there.uid(), "", e.getMessage(), "");
    }
    if (problems() == before) {
      String from =
          operator.hasState()
              ? size(operator.bytes()) + ", parallelism " + operator.parallelism()
              : "no state";
      add(Level.FITS, there.uid(), "", "maps (" + from + ").", "");
    }
  }

  private int problems() {
    return (int) findings.stream().filter(each -> each.level().compareTo(Level.NOTE) > 0).count();
  }

  private void states(StoredOperator operator, Contract.Operator there, SnapshotContents contents) {
    List<Contract.State> known = contract.states(there.uid());
    if (known.isEmpty() && there.isConnector()) {
      // Flink's own source or sink: its state is the connector's contract.
      return;
    }
    for (StoredState state : operator.states()) {
      Contract.State now =
          known.stream().filter(each -> each.name().equals(state.name())).findFirst().orElse(null);
      if (now == null) {
        add(
            Level.LOST,
            there.uid(),
            "state " + state.name(),
            "this build does not read it.",
            "Deploy the release that wrote it if it is still needed.");
      } else {
        compare(state, now);
      }
    }
    boolean changelog = operator.keyedHandles().stream().anyMatch(Handles::isChangelog);
    if (contents != null
        && !known.isEmpty()
        && !changelog
        && SnapshotFiles.of(snapshot).missing().isEmpty()) {
      formats(contents.count(operator), known);
    }
  }

  private void compare(StoredState state, Contract.State now) {
    String subject = "state " + state.name();
    if (!state.kind().equals(now.kind()) || !state.type().equals(now.type())) {
      add(
          Level.REFUSED,
          state.uid(),
          subject,
          "is "
              + shape(state.kind(), state.type())
              + " in the snapshot, but "
              + shape(now.kind(), now.type())
              + " in this build.",
          "A state that changes its kind needs a new name.");
      return;
    }
    serializer(subject, "values", state.uid(), state.serializer(), now.serializer());
    serializer(subject, "keys", state.uid(), state.keySerializer(), now.key());
  }

  private static String shape(String kind, String type) {
    return (kind + " " + type).trim();
  }

  private void serializer(String subject, String what, String uid, String stored, String now) {
    if (!stored.equals(now)) {
      add(
          Level.REFUSED,
          uid,
          subject,
          "the snapshot's " + what + " were written by " + stored + ", this build has " + now + ".",
          "Keep the serializer's class and let it read both forms, or give the state a new name.");
      return;
    }
    for (String name : stored.split("[ <>,]+")) {
      if (name.contains(".") && !isThere(name)) {
        add(
            Level.REFUSED,
            uid,
            subject,
            "class " + name + ", which reads its " + what + ", is not in the job's jar.",
            "Build the jar again: what it promises is not what it holds.");
      }
    }
  }

  private boolean isThere(String name) {
    try {
      Class.forName(name, false, jobClasses);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private void formats(OperatorFigures figures, List<Contract.State> known) {
    for (StateFigures of : figures.states()) {
      for (Contract.State now : known) {
        if (now.name().equals(of.state().name())) {
          formats(of, now);
        }
      }
    }
  }

  private void formats(StateFigures of, Contract.State now) {
    String subject = "state " + now.name();
    if (now.format() > 0 && !of.formats().isEmpty()) {
      int newest = of.formats().last();
      if (newest > now.format()) {
        add(
            Level.REFUSED,
            now.uid(),
            subject,
            "holds values of format "
                + newest
                + ", this build reads formats up to "
                + now.format()
                + ": a newer release wrote them.",
            "Deploy that release again, or restore an older savepoint.");
        return;
      }
      if (of.formats().first() < now.format()) {
        add(
            Level.NOTE,
            now.uid(),
            subject,
            "holds values of format "
                + of.formats().first()
                + "; each is written as format "
                + now.format()
                + " when it is next stored.",
            "After that the older release cannot read it.");
      }
    }
    if (!of.unreadable().isEmpty() && of.state().formatNow() > 0) {
      add(Level.REFUSED, now.uid(), subject, of.unreadable() + ".", "");
    }
  }

  private void begunEmpty() {
    for (Contract.Operator operator : contract.operators()) {
      boolean there = options == null ? operator.with().isEmpty() : operator.isPartOf(options);
      boolean hasStates = !contract.states(operator.uid()).isEmpty();
      if (there && hasStates && snapshot.operator(operator.uid()).isEmpty()) {
        add(Level.NOTE, operator.uid(), "", "is not in the snapshot, so it begins empty.", "");
      }
    }
  }

  static String size(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
