package io.foreshock.chaos;

import java.util.List;
import java.util.Optional;

/** What the end of a run needs of an installation, whatever was done to it before. */
interface RunningJobs {
  String bootstrapServers();

  List<String> rawTopics();

  /** Starts again what has ended, where somebody does that. */
  void supervise();

  /** Why a job has ended, when one has; empty while all live, or nobody answers. */
  Optional<String> obituary();

  /** Ends the jobs with savepoints, so that everything they have made is committed. */
  void stopJobs();
}
