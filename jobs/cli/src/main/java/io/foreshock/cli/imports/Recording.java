package io.foreshock.cli.imports;

import io.foreshock.model.TelemetryBatch;
import java.io.IOException;

/** What devices sent once, as files hold it. */
interface Recording {

  /**
   * Reads everything, in the order in which it arrived then.
   *
   * @throws io.foreshock.cli.CliFailure when the folder is not laid out as the format says
   */
  void readTo(Target target) throws IOException;

  /** Takes what a recording holds. */
  interface Target {
    /** A message; its append time is when it arrived, as far as the files tell. */
    void message(TelemetryBatch batch) throws IOException;

    /** Something that is no value. */
    void bad(BadCell cell) throws IOException;

    /** A cell without a value. */
    void missing();

    /** A device's counter began again. */
    void restart(String device);

    /** A line was read. */
    void row();
  }
}
