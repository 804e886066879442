package io.foreshock.operators.decode;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.LogSubject;
import io.foreshock.operators.assets.AssetDirectory;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raw records to checked batches in the names and units of the channel registry: like {@link
 * DecodeTelemetryFunction}, with the asset registry as second, broadcast input.
 *
 * <p>The whole registry is read when a task opens, before the first message, so no message is taken
 * in wrong units because the registry came later. What it does not know passes as it is. The second
 * input must be idle, it has no part in the clock. Nothing is kept in state: the topic is the
 * state.
 *
 * <p>Metrics: those of {@link DecodeTelemetryFunction}, {@code assets} (whose messages are changed)
 * and {@code assetsRefused}.
 */
public final class DecodeWithAssetsFunction
    extends CoProcessFunction<RawRecord, RawRecord, TelemetryBatch> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeWithAssetsFunction.class);

  private final DecodeRules rules;
  private final ChannelRegistry channels;
  private final Snapshot snapshot;
  private final boolean readingsWanted;

  private transient AssetDirectory assets;
  private transient DecodeTask task;
  private transient Counter refused;

  /** Reads all records that the registry's topic holds at this moment. */
  @FunctionalInterface
  public interface Snapshot extends Serializable {
    /** Hands over each record, each partition in order. */
    void read(Consumer<RawRecord> records);
  }

  /**
   * @param readingsWanted whether somebody looks at the readings; false where they are passed on
   */
  public DecodeWithAssetsFunction(
      DecodeRules rules, ChannelRegistry channels, Snapshot snapshot, boolean readingsWanted) {
    this.rules = rules;
    this.channels = channels;
    this.snapshot = snapshot;
    this.readingsWanted = readingsWanted;
  }

  @Override
  public void open(OpenContext context) {
    assets = new AssetDirectory(channels);
    refused = getRuntimeContext().getMetricGroup().counter("assetsRefused");
    getRuntimeContext().getMetricGroup().gauge("assets", () -> assets.size());
    snapshot.read(this::take);
    task =
        new DecodeTask(
            new TelemetryDecoder(rules, channels, new ByAsset(assets), readingsWanted),
            getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement1(RawRecord record, Context context, Collector<TelemetryBatch> out) {
    task.decode(record, context::output, out);
  }

  @Override
  public void processElement2(RawRecord asset, Context context, Collector<TelemetryBatch> out) {
    take(asset);
  }

  private void take(RawRecord asset) {
    List<String> problems = assets.take(asset);
    if (!problems.isEmpty()) {
      refused.inc();
      try (LogSubject subject = LogSubject.ofKey(new String(asset.key(), StandardCharsets.UTF_8))) {
        LOG.warn(
            "Asset {} (offset {}) is refused, what was known before stays: {}",
            subject.name(),
            asset.offset(),
            String.join("; ", problems));
      }
    }
  }

  private record ByAsset(AssetDirectory assets) implements TelemetryDecoder.Normalization {
    @Override
    public TelemetryMessage apply(String tenant, TelemetryMessage message) {
      return assets.apply(tenant, message);
    }

    @Override
    public TelemetryBatch apply(TelemetryBatch batch) {
      return assets.apply(batch);
    }
  }
}
