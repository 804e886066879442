package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training set knows at each time what could be known then: in SQL, and the same in pandas. */
class TrainingSetTest {
  /** asset, event time, computed at, revision, feature; all times of one day. */
  private static final String ROWS =
      """
      asset_id,event_time,computed_at,revision,rms_mean_1h
      pump-1,2026-03-01 10:00:00,2026-03-01 10:00:05,0,1.0
      pump-1,2026-03-01 10:10:00,2026-03-01 10:10:05,0,2.0
      pump-1,2026-03-01 10:00:00,2026-03-01 10:12:00,1,1.5
      pump-1,2026-03-01 10:10:00,2026-03-01 10:14:00,1,2.5
      pump-2,2026-03-01 08:00:00,2026-03-01 12:00:00,0,7.0
      pump-2,2026-03-01 08:10:00,2026-03-01 12:00:00,0,8.0
      """;

  private static final String LABELS =
      """
      asset_id,label_time,label
      pump-1,2026-03-01 09:59:00,0
      pump-1,2026-03-01 10:05:00,0
      pump-1,2026-03-01 10:13:00,1
      pump-1,2026-03-01 10:20:00,1
      pump-2,2026-03-01 09:00:00,0
      pump-2,2026-03-01 12:30:00,1
      pump-3,2026-03-01 12:30:00,0
      """;

  /**
   * Before the first row nothing; the correction of 10:00 does not come back after 10:10 is known;
   * what was uploaded at 12:00 is not known at 9:00; an asset without rows keeps its label.
   */
  private static final List<String> EXPECTED =
      List.of(
          "pump-1 09:59 0 null",
          "pump-1 10:05 0 1.0",
          "pump-1 10:13 1 2.0",
          "pump-1 10:20 1 2.5",
          "pump-2 09:00 0 null",
          "pump-2 12:30 1 8.0",
          "pump-3 12:30 0 null");

  @Test
  void duckDbJoinsWhatWasKnown(@TempDir Path folder) throws Exception {
    write(folder);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String table : List.of("rows", "labels")) {
        statement.execute(
            "CREATE TABLE %1$s AS FROM read_csv('%2$s/%1$s.csv')".formatted(table, folder));
      }
      statement.execute(Files.readString(Python.SCRIPTS.resolve("training_set.sql")));
      List<String> found = new ArrayList<>();
      try (ResultSet result =
          statement.executeQuery(
              """
              SELECT concat_ws(' ', asset_id, strftime(label_time, '%H:%M'), label,
                coalesce(rms_mean_1h::text, 'null'))
              FROM training_set ORDER BY asset_id, label_time""")) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
      assertThat(found).isEqualTo(EXPECTED);
    }
  }

  @Test
  void pandasJoinsTheSame(@TempDir Path folder) throws Exception {
    String python = Python.with("pandas").orElse(null);
    Assumptions.assumeTrue(
        python != null, "No Python with pandas. Install the Debian package python3-pandas.");
    write(folder);
    String script =
        """
        import sys
        sys.path.insert(0, sys.argv[1])
        import pandas as pd
        from training_set import training_set
        rows = pd.read_csv(sys.argv[2] + "/rows.csv", parse_dates=["event_time", "computed_at"])
        labels = pd.read_csv(sys.argv[2] + "/labels.csv", parse_dates=["label_time"])
        for r in training_set(rows, labels).sort_values(["asset_id", "label_time"]).itertuples():
            value = "null" if pd.isna(r.rms_mean_1h) else r.rms_mean_1h
            print(r.asset_id, r.label_time.strftime("%H:%M"), r.label, value)
        """;
    Python.Result result =
        Python.run(python, "-c", script, Python.SCRIPTS.toString(), folder.toString());

    assertThat(result.output().lines().toList()).isEqualTo(EXPECTED);
  }

  private static void write(Path folder) throws Exception {
    Files.writeString(folder.resolve("rows.csv"), ROWS);
    Files.writeString(folder.resolve("labels.csv"), LABELS);
  }
}
