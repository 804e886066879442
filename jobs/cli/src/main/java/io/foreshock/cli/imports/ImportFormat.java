package io.foreshock.cli.imports;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiFunction;

/** Layouts of recordings that can be imported. */
enum ImportFormat {
  ULB_WSN(UlbWsn::new),
  GOTRACK_GPS(GotrackGps::new),
  ELEVATOR_HUAWEI(ElevatorHuawei::new),
  ENVIROCAR(Envirocar::new),
  GOAL_GPS(GoalGps::new);

  private final BiFunction<Path, String, Recording> reader;

  ImportFormat(BiFunction<Path, String, Recording> reader) {
    this.reader = reader;
  }

  /**
   * @param folder where the files are
   * @param tenant whose devices they are
   */
  Recording open(Path folder, String tenant) {
    return reader.apply(folder, tenant);
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
