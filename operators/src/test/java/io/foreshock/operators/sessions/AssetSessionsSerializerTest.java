package io.foreshock.operators.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Position;
import io.foreshock.model.SessionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class AssetSessionsSerializerTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/asset-sessions-v2.hex");
  private static final Path FORMAT_1 = Path.of("src/test/resources/golden/asset-sessions-v1.hex");
  private static final long START = 1_767_600_000_000L;
  private static final SessionRule RULE = SessionRuleSamples.VEHICLE;

  @Test
  void readsBackWhatItWrote() throws IOException {
    byte[] bytes = bytes(sample());
    AssetSessions read = read(bytes);
    assertThat(bytes(read)).isEqualTo(bytes);
    read.past();
    assertThat(bytes(read)).as("with the past taken out of its bytes").isEqualTo(bytes);
    assertThat(bytes(read.copy())).isEqualTo(bytes);
  }

  @Test
  void readsWhatEarlierVersionsWrote() throws IOException {
    if ("write".equals(System.getProperty("foreshock.golden")) && !Files.exists(GOLDEN)) {
      Files.writeString(
          GOLDEN, HexFormat.of().formatHex(bytes(sample())).replaceAll("(.{96})", "$1\n") + "\n");
    }
    byte[] golden = golden(GOLDEN);
    assertThat(bytes(read(golden)))
        .as(
            "The format changed without a new version. Raise version(), keep reading the old form and run with -Dforeshock.golden=write.")
        .isEqualTo(golden)
        .isEqualTo(bytes(sample()));
  }

  @Test
  void readsFormat1WhichDidNotSayWhatASessionWasCalled() throws IOException {
    AssetSessions read = read(golden(FORMAT_1));
    assertThat(bytes(read)).isEqualTo(bytes(sample(null)));
    assertThat(read.past().sessions().get(0).told.get(0).kindOr(SessionRow.Kind.OPERATION))
        .isEqualTo(SessionRow.Kind.OPERATION);
  }

  private static byte[] golden(Path file) throws IOException {
    return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
  }

  @Test
  void copiesDeeply() throws IOException {
    AssetSessions original = sample();
    byte[] before = bytes(original);
    AssetSessions copy = original.copy();
    copy.live.add(moment(400_000, 80), RULE);
    copy.late.add(moment(100_000, 80), RULE);
    copy.past().sessions().get(0).told.clear();
    copy.past().sessions().get(0).stretch.sums.add(moment(500_000, 5), RULE);
    copy.past().days().get(0).starts = 77;
    assertThat(bytes(original)).isEqualTo(before);
  }

  private static AssetSessions sample() {
    return sample(SessionRow.Kind.TRIP);
  }

  private static AssetSessions sample(SessionRow.Kind told) {
    AssetSessions asset = new AssetSessions();
    asset.assetClass = "vehicle";
    asset.clockMillis = START + 310_000;
    asset.lastSeenMillis = START + 312_000;
    asset.timerMillis = START + 900_000;
    asset.correctionMillis = START + 370_000;
    asset.forgottenUntilMillis = START - 86_400_000;
    asset.backlog = true;
    asset.lateMillis = START + 50_000;
    asset.lateSeenMillis = START + 311_000;
    for (int second = 0; second <= 300; second += 10) {
      asset.live.add(moment(second * 1_000L, second % 50), RULE);
    }
    Moment stands = moment(310_000, 0);
    stands.running = false;
    asset.live.add(stands, RULE);
    asset.late.add(moment(50_000, 40), RULE);
    PastSession past = new PastSession(stretch());
    past.revision = 3;
    past.changed = false;
    past.told.add(new PastSession.Told(told, START - 7_200_000, 600_000));
    past.toldIdlings.add(START - 7_000_000);
    asset.past().sessions().add(past);
    Day day = new Day(START, START + 86_400_000);
    day.count(2, 600_000);
    day.revision = 4;
    asset.past().days().add(day);
    return asset;
  }

  private static Stretch stretch() {
    Follower follower = new Follower();
    for (int second = 0; second <= 600; second += 20) {
      follower.add(moment(second * 1_000L - 7_200_000, second < 400 ? 1 : 60), RULE);
    }
    return follower.close(RULE, false);
  }

  private static Moment moment(long millisAfterStart, double speed) {
    Moment moment = new Moment();
    moment.begin(START + millisAfterStart);
    moment.relevant = true;
    moment.running = true;
    moment.speed = speed;
    moment.load = speed / 2;
    moment.power = 3;
    moment.fuelRate = speed / 10;
    moment.odometer = 1_000 + millisAfterStart / 1e5;
    moment.add(
        new Position(
            START + millisAfterStart,
            48 + millisAfterStart / 1e8,
            16,
            Double.NaN,
            Double.NaN,
            Double.NaN));
    return moment;
  }

  private static byte[] bytes(AssetSessions asset) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    AssetSessionsSerializer.INSTANCE.serialize(asset, out);
    return out.getCopyOfBuffer();
  }

  private static AssetSessions read(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    AssetSessions asset = AssetSessionsSerializer.INSTANCE.deserialize(in);
    assertThat(in.available()).isZero();
    return asset;
  }
}
