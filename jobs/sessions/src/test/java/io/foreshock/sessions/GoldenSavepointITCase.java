package io.foreshock.sessions;

import io.foreshock.model.RawRecord;
import io.foreshock.model.SessionRow;
import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.runtime.testing.GoldenSavepointCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What any release left in a savepoint goes on in this one; see {@link GoldenSavepointCases}. */
class GoldenSavepointITCase extends GoldenSavepointCases {
  /** Pumps that start and stop, and are offline by days. */
  private static final class Sessions implements GoldenJob {
    private static final String BAR = " | ";

    @Override
    public Map<String, List<List<RawRecord>>> inputs() {
      return Map.of("clean", new Pumps(4, 4).records());
    }

    @Override
    public void define(Inputs inputs, Outputs outputs) {
      outputs.collect(
          "sessions",
          Clean.define(inputs.read("clean"), Clean.config()),
          Sessions::line,
          Sessions::whole);
    }

    private static String line(SessionRow row) {
      return row.key()
          + BAR
          + (row.deleted()
              ? ""
              // Whether late readings still count in sums depends on the ingest clock, too.
              : row.endMillis() + " " + row.figures().readings() + " " + row.figures().starts());
    }

    private static String whole(SessionRow row) {
      return row.key() + BAR + (row.deleted() ? "" : Clean.content(row));
    }

    /** What compaction leaves; how often a session is told depends on the ingest clock. */
    @Override
    public List<String> settled(List<String> lines) {
      Map<String, String> last = new TreeMap<>();
      lines.forEach(line -> last.put(line.substring(0, line.indexOf(BAR)), line));
      List<String> left = new ArrayList<>(last.values());
      left.removeIf(line -> line.endsWith(BAR));
      return left;
    }
  }

  @Override
  protected GoldenJob job() {
    return new Sessions();
  }
}
