package io.foreshock.precursors;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.PatternTrace;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.detect.DetectSymptomsFunction;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.NearMissRules;
import io.foreshock.patterns.live.LiveRules;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import io.foreshock.runtime.TelemetryOptions;
import io.foreshock.runtime.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How the pipeline behaves; says nothing about where records come from or go to.
 *
 * @param decode what is accepted from a device
 * @param order how long to wait for what is missing
 * @param assetForgetAfter ingest time of silence after which an asset's baselines are forgotten
 * @param engine how matches keep time and what they may keep
 * @param nearMisses which matches that did not complete are told
 * @param channels known channels and their ranges
 * @param patterns patterns to run
 * @param documents the same as they were written; used when patterns may change while the job runs
 */
public record PrecursorsConfig(
    DecodeRules decode,
    OrderRules order,
    Duration assetForgetAfter,
    EngineRules engine,
    NearMissRules nearMisses,
    ChannelRegistry channels,
    PatternSet patterns,
    List<FileDocument> documents) {

  /** Without near misses. */
  public PrecursorsConfig(
      DecodeRules decode,
      OrderRules order,
      Duration assetForgetAfter,
      EngineRules engine,
      ChannelRegistry channels,
      PatternSet patterns,
      List<FileDocument> documents) {
    this(
        decode, order, assetForgetAfter, engine, NearMissRules.NONE, channels, patterns, documents);
  }

  /** Patterns that never change while the job runs. */
  public PrecursorsConfig(
      DecodeRules decode,
      OrderRules order,
      Duration assetForgetAfter,
      EngineRules engine,
      ChannelRegistry channels,
      PatternSet patterns) {
    this(decode, order, assetForgetAfter, engine, channels, patterns, List.of());
  }

  /** What the tasks must know when patterns may change while the job runs. */
  public LiveRules liveRules() {
    return new LiveRules(documents, channels, assetForgetAfter, engine, nearMisses);
  }

  /** Default behaviour with these patterns and channels. */
  public static PrecursorsConfig of(PatternSet patterns, ChannelRegistry channels) {
    return new PrecursorsConfig(
        DecodeRules.DEFAULT,
        OrderRules.DEFAULT,
        DetectSymptomsFunction.DEFAULT_FORGET_AFTER,
        EngineRules.DEFAULT,
        channels,
        patterns);
  }

  /**
   * Reads the values, and the pattern files that they name.
   *
   * @throws io.foreshock.runtime.StartRefused naming everything that is wrong in the files
   */
  public static PrecursorsConfig from(Settings settings) {
    PatternFiles files =
        PatternFiles.read(
            settings.get(PrecursorsOptions.CHANNELS), settings.get(PrecursorsOptions.PATTERNS));
    NearMissRules nearMisses = nearMissRules(settings);
    if (settings.get(PrecursorsOptions.PATTERNS_TOPIC).isEmpty()) {
      files.refuseUnknown(nearMisses.traces());
    }
    return new PrecursorsConfig(
        TelemetryOptions.decodeRules(settings),
        TelemetryOptions.orderRules(settings, PrecursorsOptions.LINK_HEALTH_PERIOD),
        settings.get(PrecursorsOptions.ASSET_FORGET_AFTER),
        engineRules(settings),
        nearMisses,
        files.channels(),
        files.patterns(),
        files.documents());
  }

  private static NearMissRules nearMissRules(Settings settings) {
    return new NearMissRules(
        settings.get(PrecursorsOptions.WRITE_NEAR_MISSES),
        settings.get(PrecursorsOptions.NEAR_MISSES_TRACE).stream()
            .map(PrecursorsConfig::trace)
            .toList(),
        settings.get(PrecursorsOptions.NEAR_MISSES_PER_MINUTE));
  }

  /** {@code <pattern>}, {@code <pattern>@<tenant>} or {@code <pattern>@<tenant>/<asset>}. */
  private static PatternTrace trace(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    String where = at < 0 ? "" : text.substring(at + 1);
    int slash = where.indexOf('/');
    return slash < 0
        ? new PatternTrace(where, name, List.of(), 0, "")
        : new PatternTrace(
            where.substring(0, slash), name, List.of(where.substring(slash + 1)), 0, "");
  }

  private static EngineRules engineRules(Settings settings) {
    return new EngineRules(
        EngineRules.DEFAULT.clock(),
        EngineRules.DEFAULT.disorderBound(),
        settings.get(PrecursorsOptions.OFFLINE_GRACE),
        settings.get(PrecursorsOptions.MAX_BUFFERED),
        settings.get(PrecursorsOptions.MATCHES_MEMORY).getBytes());
  }
}
