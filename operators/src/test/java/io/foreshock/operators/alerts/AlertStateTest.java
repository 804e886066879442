package io.foreshock.operators.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Command.Action;
import io.foreshock.model.Detection.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What is kept of an asset's alerts is a contract with every later release. */
class AlertStateTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/asset-alerts-v1.hex");
  private static final long START = MachineDriver.START;

  /** An asset with something of everything. */
  private static AssetAlerts everything() throws IOException {
    AlertRules rules =
        AlertRules.DEFAULT.with(
            List.of(MachineDriver.policy(Duration.ofMinutes(10), Duration.ofMinutes(30), 2)));
    MachineDriver machine = new MachineDriver(rules);
    machine.place = new Placement("pump", "vienna", "Europe/Vienna", List.of("skid-1", "vienna"));
    machine.detect(MachineDriver.detection("first", Severity.CRITICAL, START));
    machine.until(START + 11 * 60_000);
    machine.command(
        MachineDriver.command(Action.ACKNOWLEDGE, "c-1", "pump-1/bearing/wear", "", 0, 0));
    machine.command(
        MachineDriver.command(Action.SILENCE, "c-2", "", "bearing", 0, START + 3_600_000));
    machine.until(START + 12 * 60_000);
    machine.detect(
        MachineDriver.detection(
            "second", "seal", "offline", Severity.WARNING, START + 12 * 60_000 - 3_000, false));
    machine.detect(MachineDriver.detection("third", "seal", "leak", Severity.WATCH, START, true));
    return machine.asset;
  }

  private static byte[] bytes(AssetAlerts asset) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    AssetAlertsSerializer.INSTANCE.serialize(asset, out);
    return out.getCopyOfBuffer();
  }

  @Test
  void readsWhatThisVersionWrote() throws IOException {
    byte[] now = bytes(everything());
    if ("write".equals(System.getProperty("foreshock.golden")) && !Files.exists(GOLDEN)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, HexFormat.of().formatHex(now).replaceAll("(.{96})", "$1\n") + "\n");
    }
    byte[] golden = HexFormat.of().parseHex(Files.readString(GOLDEN).replaceAll("\\s", ""));

    AssetAlerts read =
        AssetAlertsSerializer.INSTANCE.deserialize(new DataInputDeserializer(golden));

    assertThat(bytes(read)).isEqualTo(golden);
    assertThat(read.slots).hasSize(3);
    assertThat(read.toldDown).isTrue();
    assertThat(now)
        .as(
            "The format changed without a new version: raise version() and keep reading the old one")
        .isEqualTo(golden);
  }

  @Test
  void copiesDeeply() throws IOException {
    AssetAlerts asset = everything();
    byte[] before = bytes(asset);
    AssetAlerts copy = AssetAlertsSerializer.INSTANCE.copy(asset);

    asset.slots.clear();
    asset.quiets.clear();

    assertThat(bytes(copy)).isEqualTo(before);
  }

  @Test
  void knowsWhereAssetsStand() {
    AssetTree tree = new AssetTree();
    assertThat(tree.placement(new AssetRef("acme", "pump-1", "pump")))
        .isEqualTo(new Placement("pump", "", "", List.of()));
    assertThat(AssetTreeRecords.take(tree, 0, "pump-1", "skid-1", "", "")).isEmpty();
    assertThat(AssetTreeRecords.take(tree, 1, "skid-1", "hall-2", "vienna", "Europe/Vienna"))
        .isEmpty();
    assertThat(AssetTreeRecords.take(tree, 2, "hall-2", "pump-1", "", "")).isEmpty();
    assertThat(AssetTreeRecords.take(tree, 3, "motor-1", "", "vienna", "Mars"))
        .isEqualTo("time zone \"Mars\" is not known");

    Placement place = tree.placement(new AssetRef("acme", "pump-1", ""));

    assertThat(place.site()).isEqualTo("vienna");
    assertThat(place.timeZone()).isEqualTo("Europe/Vienna");
    assertThat(Set.copyOf(place.ancestors())).contains("skid-1", "hall-2", "vienna");
    assertThat(place.ancestors()).hasSizeLessThan(20);
  }
}
