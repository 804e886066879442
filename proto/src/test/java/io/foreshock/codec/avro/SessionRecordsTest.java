package io.foreshock.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class SessionRecordsTest {
  private static final AssetRef VAN = new AssetRef("acme", "van-1", "vehicle");

  private static SessionRow row(
      SessionRow.Kind kind, boolean deleted, SessionFigures figures, Long... supersedes) {
    return new SessionRow(
        VAN,
        kind,
        1_000,
        61_000,
        2,
        deleted,
        500,
        SessionRow.ClosedBy.SILENCE,
        99_000,
        false,
        false,
        List.of(supersedes),
        figures);
  }

  private static GenericRecord written(SessionRow row) throws UnreadableValueException {
    byte[] bytes = new SingleObjectEncoder().encode("acme.sessions", SessionRecords.of(row));
    return new SingleObjectDecoder(SessionRecords.SCHEMA, List.of(SessionRecords.SCHEMA))
        .decode(bytes);
  }

  @Test
  void readsBackATripAndLeavesOutWhatWasNotMeasured() throws UnreadableValueException {
    SessionFigures figures =
        new SessionFigures(
            7,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            1.5,
            1_200,
            SessionFigures.DistanceSource.SPEED,
            72,
            90,
            1,
            330_000,
            0,
            -1,
            -1,
            -1);
    GenericRecord record = written(row(SessionRow.Kind.TRIP, false, figures, 4_000L));
    assertThat(record.get("key")).hasToString("van-1/trip/1000");
    assertThat(record.get("session_key")).hasToString("van-1/trip/1000");
    assertThat(record.get("supersedes")).hasToString("[van-1/trip/4000]");
    assertThat(record.get("distance_source")).hasToString("SPEED");
    assertThat(record.get("idling_s")).isEqualTo(330.0);
    assertThat(record.get("harsh_brakings")).isEqualTo(0);
    assertThat(record.get("load_mean")).isNull();
    assertThat(record.get("rejected_positions")).isNull();
    assertThat(record.get("starts")).isNull();
  }

  @Test
  void namesTheTripOfAnIdling() throws UnreadableValueException {
    GenericRecord record = written(row(SessionRow.Kind.IDLING, false, SessionFigures.NONE));
    assertThat(record.get("key")).hasToString("van-1/idling/1000");
    assertThat(record.get("session_key")).hasToString("van-1/trip/500");
    assertThat(record.get("distance_source")).isNull();
    assertThat(record.get("readings")).isNull();
  }

  @Test
  void isATombstoneWhenTheKeyIsTakenBack() {
    assertThat(SessionRecords.of(row(SessionRow.Kind.TRIP, true, SessionFigures.NONE))).isNull();
  }

  @Test
  void saysInEveryFieldWhatItIs() {
    assertThat(SessionRecords.SCHEMA.getDoc()).isNotBlank();
    for (Schema.Field field : SessionRecords.SCHEMA.getFields()) {
      assertThat(field.doc()).as(field.name()).isNotBlank().endsWith(".");
    }
  }
}
