package io.foreshock.chaos;

import io.foreshock.local.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Does one fault after the other and measures how long it takes until a record that was sent after
 * the fault can be read.
 *
 * <p>That is more than the next committed record: what was on its way to a reader when the fault
 * came does not count.
 */
final class FaultDriver {
  /**
   * The next fault comes after this time at the latest, so that a slow machine sees as many kills
   * as a fast one. When the job recovers is measured all the same.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private static final Duration LAST_WAIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 10_000_000;
  private static final long USED_POLL_MILLIS = 100;
  private static final int NONE = -1;
  private static final long SUPERVISE_MILLIS = 500;
  // A checkpoint is made every 200 ms, and the oldest is deleted after it.
  private static final long REFILL_MILLIS = 20;

  private final ChaosInstallation installation;
  private final OutputWatch watch;
  private final Sender sender;
  private final FaultPlan plan;
  private final Progress progress;
  private final List<Struck> done = new ArrayList<>();
  private final long begin = System.currentTimeMillis();
  private long nextCheck = begin;
  private int leftOut;

  FaultDriver(
      ChaosInstallation installation,
      OutputWatch watch,
      Sender sender,
      FaultPlan plan,
      Progress progress) {
    this.installation = installation;
    this.watch = watch;
    this.sender = sender;
    this.plan = plan;
    this.progress = progress;
  }

  /** A fault that was done, before it is known when the job had recovered. */
  private record Struck(long atMillis, FaultPlan.Fault fault, String victim, double heldSeconds) {}

  /** Faults until the time is over, or as many as allowed; then everything is whole again. */
  void run(Duration time, int atMost) {
    long end = begin + time.toMillis();
    while (System.currentTimeMillis() < end && done.size() < atMost) {
      FaultPlan.Fault fault = plan.next();
      if (fault.kind() == FaultKind.FULL_DISK && installation.disk().isEmpty()) {
        continue;
      }
      inflict(fault);
      pause(Math.min(fault.quiet().toMillis(), end - System.currentTimeMillis()));
    }
    installation.heal();
    if (!done.isEmpty()) {
      // Devices still send, so the last faults are recovered from like all others.
      awaitRecovery(done.get(done.size() - 1).atMillis(), LAST_WAIT);
    }
  }

  /** Faults that were due when no TaskManager was in use for so long that they were left out. */
  int leftOut() {
    return leftOut;
  }

  /** What was done; to be asked when all outputs are read. */
  List<FaultRecord> records() {
    return done.stream().map(this::record).toList();
  }

  private FaultRecord record(Struck struck) {
    return new FaultRecord(
        (struck.atMillis() - begin) / 1000.0,
        struck.fault().kind(),
        struck.victim(),
        struck.heldSeconds(),
        struck.fault().settles(),
        seconds(struck, watch.nextReadAfter(struck.atMillis())),
        seconds(struck, watch.firstReadAfter(struck.atMillis())));
  }

  private static double seconds(Struck struck, long readMillis) {
    return readMillis < 0 ? Double.NaN : (readMillis - struck.atMillis()) / 1000.0;
  }

  private void inflict(FaultPlan.Fault fault) {
    int taskManager = fault.kind().isOfTaskManager() ? awaitUsed(fault.choice()) : NONE;
    if (fault.kind().isOfTaskManager() && taskManager == NONE) {
      leftOut++;
      progress.say("No TaskManager is in use; left out: " + fault.kind());
      return;
    }
    long start = System.currentTimeMillis();
    String victim = strike(fault, taskManager);
    done.add(new Struck(start, fault, victim, (System.currentTimeMillis() - start) / 1000.0));
    if (fault.settles()) {
      awaitRecovery(start, LONGEST_WAIT);
    }
    tell();
  }

  private String strike(FaultPlan.Fault fault, int taskManager) {
    switch (fault.kind()) {
      case KILL_TASK_MANAGER -> {
        installation.replaceTaskManager(taskManager);
        return "taskmanager-" + taskManager;
      }
      case STOP_TASK_MANAGER -> {
        installation.stopTaskManager(taskManager);
        hold(fault);
        return "taskmanager-" + taskManager;
      }
      case KILL_JOB_MANAGER -> {
        int number = installation.leadingJobManager();
        installation.replaceJobManager(number);
        return "jobmanager-" + number;
      }
      case STOP_JOB_MANAGER -> {
        int number = installation.leadingJobManager();
        installation.stopJobManager(number);
        hold(fault);
        return "jobmanager-" + number;
      }
      case KILL_BROKER -> {
        installation.kafka().kill();
        installation.kafka().restart();
        return "broker";
      }
      case RESTART_BROKER -> {
        installation.kafka().stop();
        installation.kafka().restart();
        return "broker";
      }
      case STOP_BROKER -> {
        installation.kafka().pause();
        hold(fault);
        return "broker";
      }
      case FULL_DISK -> {
        long end = System.currentTimeMillis() + fault.hold().toMillis();
        while (System.currentTimeMillis() < end) {
          installation.disk().orElseThrow().fill();
          pause(REFILL_MILLIS);
        }
        installation.heal();
        return "checkpoints";
      }
    }
    throw new IllegalStateException("Unknown fault " + fault);
  }

  private void hold(FaultPlan.Fault fault) {
    pause(fault.hold().toMillis());
    installation.heal();
  }

  /**
   * Number of a TaskManager that is in use; waits until there is one, because the spare's loss
   * would cost nothing. {@link #NONE} when there is none for too long.
   */
  private int awaitUsed(double choice) {
    long deadline = System.currentTimeMillis() + LONGEST_WAIT.toMillis();
    List<Integer> used = installation.usedTaskManagers();
    while (used.isEmpty() && System.currentTimeMillis() < deadline) {
      pause(USED_POLL_MILLIS);
      used = installation.usedTaskManagers();
    }
    return used.isEmpty() ? NONE : used.get((int) (choice * used.size()));
  }

  /** Waits for a record that was sent after the given time. */
  private void awaitRecovery(long sinceMillis, Duration atMost) {
    long deadline = sinceMillis + atMost.toMillis();
    while (watch.newestEventTimeMillis() <= sinceMillis) {
      if (System.currentTimeMillis() > deadline) {
        progress.say(
            "No record for " + atMost.toSeconds() + " s; the job is " + installation.jobStates());
        return;
      }
      pause(POLL_NANOS / 1_000_000);
    }
  }

  /** Lets time go by while what ends by itself is started again. */
  private void pause(long millis) {
    long end = System.currentTimeMillis() + millis;
    while (System.currentTimeMillis() < end) {
      LockSupport.parkNanos(POLL_NANOS);
      if (System.currentTimeMillis() >= nextCheck) {
        failWhenHopeless();
        nextCheck = System.currentTimeMillis() + SUPERVISE_MILLIS;
      }
    }
  }

  private void failWhenHopeless() {
    installation.supervise();
    if (sender.refusal() != null) {
      throw new ChaosException(
          "The broker refused a record: " + sender.refusal(), sender.refusal());
    }
    if (watch.failure() != null) {
      throw new ChaosException("The outputs cannot be read: " + watch.failure(), watch.failure());
    }
  }

  private void tell() {
    FaultRecord last = record(done.get(done.size() - 1));
    String outcome = "(the next one at once)";
    if (last.alone()) {
      outcome =
          Double.isNaN(last.recoverySeconds())
              ? "(no record yet, the next one)"
              : "a record after %.1f s".formatted(last.recoverySeconds());
    }
    progress.say(
        "%4.0f s  %-17s %-14s %s".formatted(last.atSeconds(), last.kind(), last.victim(), outcome));
  }
}
