package io.foreshock.backtest.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracksTest {
  private static final long HOUR = 3_600_000;
  private static final long YEAR = 365 * 24 * HOUR;

  @Test
  void keepsEveryReadingOfAShortRecording() {
    Tracks tracks = new Tracks(report(100 * HOUR), 1, 100);
    for (int hour = 0; hour < 100; hour++) {
      tracks.reading("pump", "flow", "m3/h", hour * HOUR, hour % 7);
    }

    Track.Points points = only(tracks).points();

    assertThat(points.times()).hasSize(100);
    assertThat(points.thinned()).isFalse();
  }

  @Test
  void keepsEveryPeakAtItsTimeHoweverManyReadingsThereAre() {
    Tracks tracks = new Tracks(report(YEAR), 1_000, Long.MAX_VALUE);
    long peak = 123_457 * 60_000L;
    long dip = 345_679 * 60_000L;
    for (long time = 0; time < YEAR; time += 60_000) {
      double value = time == peak ? 900 : time == dip ? -900 : time / 60_000 % 2;
      tracks.reading("pump", "flow", "m3/h", time, value);
    }

    Track.Points points = only(tracks).points();

    assertThat(points.thinned()).isTrue();
    assertThat(points.times().length).isBetween(200, 1_200);
    assertThat(at(points, peak)).isEqualTo(900);
    assertThat(at(points, dip)).isEqualTo(-900);
    assertThat(points.times()).isSorted();
  }

  @Test
  void looksCloserNearAFailure() {
    long failure = YEAR / 2;
    Tracks tracks = new Tracks(report(YEAR, failure), 1_000, Long.MAX_VALUE);
    for (long time = 0; time < YEAR; time += 600_000) {
      tracks.reading("pump", "flow", "m3/h", time, time / 600_000 % 5);
    }

    long[] times = only(tracks).points().times();

    long close = Arrays.stream(times).filter(t -> t > failure - 48 * HOUR && t < failure).count();
    long far = Arrays.stream(times).filter(t -> t > HOUR && t < 49 * HOUR).count();
    assertThat(close).isGreaterThan(100);
    assertThat(far).isLessThan(20);
  }

  @Test
  void putsAReadingThatCameLateInItsPlace() {
    Tracks tracks = new Tracks(report(100 * HOUR), 1, 100);
    tracks.reading("pump", "flow", "", 20 * HOUR, 2);
    tracks.reading("pump", "flow", "", 5 * HOUR, 1);
    tracks.reading("pump", "flow", "", 30 * HOUR, 3);

    Track.Points points = only(tracks).points();

    assertThat(points.times()).containsExactly(5 * HOUR, 20 * HOUR, 30 * HOUR);
    assertThat(points.values()).containsExactly(1, 2, 3);
  }

  @Test
  void leavesOutWhatIsNoNumberAndWhatIsOfNobody() {
    Tracks tracks = new Tracks(report(100 * HOUR), 1, 100);
    tracks.reading("pump", "flow", "", HOUR, Double.NaN);
    tracks.reading("other", "flow", "", HOUR, 1);
    tracks.code("other", "E1", "", HOUR);
    tracks.symptom("other", "hot", "flow", true, HOUR);

    assertThat(tracks.channels("pump")).isEmpty();
    assertThat(tracks.channels("other")).isEmpty();
    assertThat(tracks.codes("other")).isEmpty();
    assertThat(tracks.symptoms("other")).isEmpty();
  }

  @Test
  void joinsBeginAndEndOfASymptom() {
    Tracks tracks = new Tracks(report(100 * HOUR), 1, 100);
    tracks.symptom("pump", "hot", "t", false, 1 * HOUR);
    tracks.symptom("pump", "hot", "t", true, 2 * HOUR);
    tracks.symptom("pump", "hot", "t", true, 3 * HOUR);
    tracks.symptom("pump", "hot", "t", false, 4 * HOUR);
    tracks.symptom("pump", "hot", "t", true, 5 * HOUR);

    assertThat(tracks.symptoms("pump"))
        .singleElement()
        .satisfies(
            symptom ->
                assertThat(symptom.spans())
                    .containsExactly(
                        new Report.Span(2 * HOUR, 4 * HOUR),
                        new Report.Span(5 * HOUR, Long.MAX_VALUE)));
  }

  @Test
  void seesAGapOfTheRecording() {
    Tracks tracks = new Tracks(report(100 * HOUR), 1, 100);
    for (int hour = 0; hour < 100; hour++) {
      if (hour < 40 || hour > 60) {
        tracks.reading("pump", "flow", "", hour * HOUR, hour);
      }
    }

    assertThat(only(tracks).points().gapMillis()).isBetween(2 * HOUR, 20 * HOUR);
  }

  private static Track only(Tracks tracks) {
    return tracks.channels("pump").iterator().next();
  }

  private static double at(Track.Points points, long time) {
    return points.values()[Arrays.binarySearch(points.times(), time)];
  }

  private static Report report(long length, long... failures) {
    return new Report(
        new Report.Heading("", List.of(), ZoneOffset.UTC, Instant.EPOCH, List.of(), List.of(), ""),
        List.of(new Report.Machine("pump", "", List.of(new Report.Span(0, length)))),
        Arrays.stream(failures)
            .mapToObj(
                time -> new Report.Failure("pump", "seal", time, Report.Outcome.MISSED, 0, ""))
            .toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        EvidenceWords.plain(Map.of()));
  }
}
