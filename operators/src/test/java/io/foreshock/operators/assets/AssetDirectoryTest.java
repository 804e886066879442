package io.foreshock.operators.assets;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssetDirectoryTest {
  private final AssetDirectory assets =
      new AssetDirectory(
          new ChannelRegistry(
              List.of(new Channel("bearing_temperature_c", "°C", -40, 250, "Bearing"))));
  private long offset;

  private static AssetDefinition.Builder pump() {
    return AssetDefinition.newBuilder().setTenant("acme").setAssetId("pump-1");
  }

  private static ChannelMapping.Builder temperature(String unit) {
    return ChannelMapping.newBuilder()
        .setFrom("temp1")
        .setChannel("bearing_temperature_c")
        .setUnit(unit);
  }

  private List<String> take(String key, byte[] value) {
    return assets.take(record(key, offset++, value));
  }

  private static RawRecord record(String key, long offset, byte[] value) {
    return new RawRecord(
        "", "foreshock.assets", 0, offset, 1, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static TelemetryMessage.Builder message(String channel, double value) {
    return TelemetryMessage.newBuilder()
        .setDeviceId("pump-1")
        .addMeasurements(
            Measurement.newBuilder()
                .setChannel(channel)
                .setValue(value)
                .setEventTimeEpochMillis(7));
  }

  private double converted(TelemetryMessage.Builder message) {
    Measurement measurement = assets.apply("acme", message.build()).getMeasurements(0);
    assertThat(measurement.getChannel()).isEqualTo("bearing_temperature_c");
    assertThat(measurement.getEventTimeEpochMillis()).isEqualTo(7);
    return measurement.getValue();
  }

  @Test
  void refusesAMappingToANameThatNoChannelCanHave() {
    byte[] pump =
        pump()
            .addChannels(ChannelMapping.newBuilder().setFrom("temp1").setChannel("Bearing Temp"))
            .build()
            .toByteArray();
    assertThat(take("acme/pump-1", pump))
        .anyMatch(
            problem ->
                problem.contains(
                    "channel \"Bearing Temp\" must be lower case letters, digits and underscores"));
  }

  @Test
  void bringsNamesAndUnitsIntoThoseOfTheChannels() {
    take("acme/pump-1", pump().addChannels(temperature("°F")).build().toByteArray());

    assertThat(converted(message("temp1", 212))).isEqualTo(100);
    assertThat(assets.size()).isEqualTo(1);
  }

  @Test
  void letsADevicesOwnMappingGoBeforeThatOfTheAsset() {
    take(
        "acme/pump-1",
        pump()
            .addChannels(temperature("°F"))
            .addChannels(temperature("K").setDeviceId("gateway-1"))
            .build()
            .toByteArray());

    assertThat(converted(message("temp1", 212))).isEqualTo(100);
    assertThat(converted(message("temp1", 273.15).setDeviceId("gateway-1").setAssetId("pump-1")))
        .isEqualTo(0);
  }

  @Test
  void passesOnWhatItDoesNotKnowAsTheSameObject() {
    take("acme/pump-1", pump().addChannels(temperature("°F")).build().toByteArray());
    TelemetryMessage otherChannel = message("speed_rpm", 1).build();
    TelemetryMessage otherAsset = message("temp1", 1).setDeviceId("pump-2").build();
    TelemetryMessage otherTenant = message("temp1", 1).build();

    assertThat(assets.apply("acme", otherChannel)).isSameAs(otherChannel);
    assertThat(assets.apply("acme", otherAsset)).isSameAs(otherAsset);
    assertThat(assets.apply("globex", otherTenant)).isSameAs(otherTenant);
  }

  @Test
  void statesTheClassWhereAMessageStatesNone() {
    take("acme/pump-1", pump().setAssetClass("pump").build().toByteArray());

    assertThat(assets.apply("acme", message("x", 1).build()).getAssetClass()).isEqualTo("pump");
    assertThat(assets.apply("acme", message("x", 1).setAssetClass("motor").build()).getAssetClass())
        .isEqualTo("motor");
  }

  @Test
  void forgetsARemovedAssetAndKeepsNoneThatChangesNothing() {
    take("acme/pump-1", pump().addChannels(temperature("°F")).build().toByteArray());
    take("acme/pump-1", new byte[0]);
    take("acme/pump-2", pump().setAssetId("pump-2").setModel("X").build().toByteArray());

    assertThat(assets.size()).isZero();
  }

  /** The whole topic is read when a task opens and again by the source. */
  @Test
  void readsATopicASecondTimeWithoutGoingBack() {
    RawRecord first =
        record("acme/pump-1", 0, pump().addChannels(temperature("K")).build().toByteArray());
    RawRecord second =
        record("acme/pump-1", 1, pump().addChannels(temperature("°F")).build().toByteArray());
    assets.take(first);
    assets.take(second);

    assets.take(first);
    assertThat(converted(message("temp1", 212))).isEqualTo(100);
  }

  @Test
  void refusesWhatCannotBeUsedAndKeepsWhatItKnew() {
    take("acme/pump-1", pump().addChannels(temperature("°F")).build().toByteArray());

    assertThat(take("acme/pump-1", new byte[] {1, 2, 3}))
        .singleElement()
        .asString()
        .startsWith("its value is no AssetDefinition");
    assertThat(take("acme/pump-2", pump().build().toByteArray()))
        .containsExactly("it describes \"acme/pump-1\", but its key is \"acme/pump-2\"");
    assertThat(take("pump-1", pump().build().toByteArray()))
        .containsExactly("its key must be <tenant>/<asset id>, but is \"pump-1\"");
    assertThat(
            take(
                "acme/pump-1",
                pump()
                    .addChannels(temperature("psi"))
                    .addChannels(ChannelMapping.newBuilder().setFrom("x").setUnit("bar"))
                    .build()
                    .toByteArray()))
        .containsExactly(
            "channel \"temp1\": unit \"psi\" measures pressure, but \"°C\" measures temperature",
            "channel \"x\" is not known, so \"bar\" cannot be converted to its unit; add it to the channel files");
    assertThat(converted(message("temp1", 212))).isEqualTo(100);
  }
}
