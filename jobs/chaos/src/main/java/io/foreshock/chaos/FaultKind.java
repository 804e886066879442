package io.foreshock.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What is done to the installation. */
public enum FaultKind {
  /** {@code kill -9} of a TaskManager that runs a part of the job. */
  KILL_TASK_MANAGER(4, true),
  /** {@code kill -9} of the JobManager that leads. */
  KILL_JOB_MANAGER(2, true),
  /** {@code kill -9} of the broker, which is then started again. */
  KILL_BROKER(2, true),
  /** A clean restart of the broker. */
  RESTART_BROKER(1, false),
  /** {@code SIGSTOP} of a TaskManager that runs a part of the job, then {@code SIGCONT}. */
  STOP_TASK_MANAGER(1, false),
  /** {@code SIGSTOP} of the JobManager that leads, then {@code SIGCONT}. */
  STOP_JOB_MANAGER(1, false),
  /** {@code SIGSTOP} of the broker, then {@code SIGCONT}. */
  STOP_BROKER(1, false),
  /** No byte free in the folder of the checkpoints, then room again. */
  FULL_DISK(1, false);

  private final int share;
  private final boolean kill;

  FaultKind(int share, boolean kill) {
    this.share = share;
    this.kill = kill;
  }

  /** As people write it, e.g. {@code kill-broker}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Every kind as often as its share. */
  static List<FaultKind> round() {
    List<FaultKind> round = new ArrayList<>();
    for (FaultKind kind : values()) {
      round.addAll(Collections.nCopies(kind.share, kind));
    }
    return round;
  }

  /** Whether it strikes a TaskManager, one that is in use. */
  boolean isOfTaskManager() {
    return this == KILL_TASK_MANAGER || this == STOP_TASK_MANAGER;
  }

  /** Whether a process is killed. */
  public boolean isKill() {
    return kill;
  }
}
