package io.foreshock.backtest.data.ims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.model.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImsRecordingTest {
  @TempDir private Path folder;

  @Test
  void sendsAMessageForEachRowAndTellsNobodyWhichBearingFailed() throws IOException {
    write(
        "timestamp,Bearing 1,Bearing 2,Bearing 3,Bearing 4",
        "2004-02-12 10:32:39,0.0583,0.0718,0.0832,0.0430",
        "2004-02-12 10:42:39,0.0590,0.0740,0.0844,0.0445");
    Recording recording = new Ims().open(folder, Selection.ALL);
    List<RawRecord> records = new ArrayList<>();

    assertThat(recording.writeTo(records::add)).isEqualTo(2);

    long end = Instant.parse("2004-02-12T10:42:39Z").toEpochMilli();
    assertThat(records).extracting(RawRecord::appendTimeMillis).containsExactly(end - 600_000, end);
    assertThat(recording.truth().failures())
        .containsExactly(new ComponentEvent("rig-2", "bearing-1", end));
  }

  @Test
  void namesWhatItCannotRead() throws IOException {
    write("timestamp,Bearing 1,Bearing 2,Bearing 3,Bearing 4");
    assertRefused("holds no readings");
    write("timestamp,Bearing 1,Bearing 2", "2004-02-12 10:32:39,1,2");
    assertRefused("has no column \"Bearing 3\"");
    assertThatThrownBy(() -> new Ims().open(folder, new Selection("1", Map.of())))
        .hasMessageContaining("Leave --machines out");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> new Ims().open(folder, Selection.ALL))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining(message);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(folder.resolve(Ims.FILE + ".csv"), String.join("\n", lines));
  }
}
