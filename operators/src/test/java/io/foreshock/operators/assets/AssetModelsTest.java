package io.foreshock.operators.assets;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AssetModelsTest {
  private final AssetModels models = new AssetModels();
  private long offset;

  private String take(String key, byte[] value) {
    return models.take(
        new RawRecord(
            "", "foreshock.assets", 0, offset++, 0, key.getBytes(StandardCharsets.UTF_8), value));
  }

  private static byte[] asset(String tenant, String asset, String model) {
    return AssetDefinition.newBuilder()
        .setTenant(tenant)
        .setAssetId(asset)
        .setModel(model)
        .build()
        .toByteArray();
  }

  private String model(String tenant, String asset) {
    return models.of(new AssetRef(tenant, asset, "pump"));
  }

  @Test
  void theLastRecordOfAMachineHoldsAndNobodyElses() {
    assertThat(take("acme/pump-1", asset("acme", "pump-1", "A-100"))).isEmpty();
    assertThat(take("globex/pump-1", asset("globex", "pump-1", "B-7"))).isEmpty();
    assertThat(model("acme", "pump-1")).isEqualTo("A-100");
    assertThat(model("globex", "pump-1")).isEqualTo("B-7");
    assertThat(model("initech", "pump-1")).isNull();
    take("acme/pump-1", asset("acme", "pump-1", " A-200 "));
    assertThat(model("acme", "pump-1")).isEqualTo("A-200");
    take("acme/pump-1", asset("acme", "pump-1", ""));
    assertThat(model("acme", "pump-1")).isNull();
    take("globex/pump-1", new byte[0]);
    assertThat(models.size()).isZero();
  }

  @Test
  void whatWasReadBeforeAndWhatIsWrongChangesNothing() {
    take("acme/pump-1", asset("acme", "pump-1", "A-100"));
    assertThat(take("acme/pump-1", new byte[] {1})).startsWith("its value is no AssetDefinition");
    assertThat(take("acme/pump-1", asset("acme", "pump-2", "B")))
        .isEqualTo("it describes \"acme/pump-2\", but its key is \"acme/pump-1\"");
    offset = 0;
    take("acme/pump-1", asset("acme", "pump-1", "older"));
    assertThat(model("acme", "pump-1")).isEqualTo("A-100");
  }
}
