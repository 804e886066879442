package io.foreshock.chaos;

import io.foreshock.local.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stores of one run; none for jobs that keep nothing beside Kafka. */
record Stores(List<Store> all) implements AutoCloseable {

  /**
   * Starts what the job can write to.
   *
   * @param wanted whether the job shall write to stores at all
   */
  static Stores start(String job, boolean wanted, Path folder, Progress progress) {
    List<Store> all = new ArrayList<>();
    if (wanted && job.equals("ingest")) {
      all.add(new LakeStore(folder.resolve("lake").toAbsolutePath()));
      PostgresStore.start(folder, progress).ifPresent(all::add);
    }
    return new Stores(all);
  }

  /** Options that make the job write to all of them. */
  List<String> jobOptions() {
    return all.stream().flatMap(store -> store.jobOptions().stream()).toList();
  }

  @Override
  public void close() {
    all.forEach(Store::close);
  }
}
