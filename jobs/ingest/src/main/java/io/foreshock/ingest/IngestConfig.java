package io.foreshock.ingest;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.TelemetryOptions;
import io.foreshock.runtime.config.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * How the pipeline behaves; says nothing about where records come from or go to.
 *
 * @param decode what is accepted from a device
 * @param order how long to wait for what is missing
 * @param channels known channels and their ranges
 */
public record IngestConfig(DecodeRules decode, OrderRules order, ChannelRegistry channels) {

  /** Default behaviour with these channels. */
  public static IngestConfig of(ChannelRegistry channels) {
    return new IngestConfig(DecodeRules.DEFAULT, OrderRules.DEFAULT, channels);
  }

  /**
   * Reads the values, and the channel files that they name.
   *
   * @throws StartRefused naming everything that is wrong in the files
   */
  public static IngestConfig from(Settings settings) {
    List<String> problems = new ArrayList<>();
    ChannelRegistry channels =
        ChannelCatalogue.load(settings.get(IngestOptions.CHANNELS), problems);
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return new IngestConfig(
        TelemetryOptions.decodeRules(settings), TelemetryOptions.orderRules(settings), channels);
  }
}
