package io.foreshock.patterns.live;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.PatternDocument;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.NearMissRules;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What all tasks must agree on to come to the same patterns.
 *
 * @param files documents of the job's files, for every tenant; of several versions the highest runs
 * @param channels channels that patterns may name
 * @param assetForgetAfter ingest time of silence after which an asset is forgotten; a longer
 *     silence is refused
 * @param engine how matches keep time
 * @param nearMisses which near misses are told from the start, and whether any can be
 */
public record LiveRules(
    List<FileDocument> files,
    ChannelRegistry channels,
    Duration assetForgetAfter,
    EngineRules engine,
    NearMissRules nearMisses)
    implements Serializable {

  /** A document of a file. */
  public record FileDocument(String name, int version, String yaml) implements Serializable {
    PatternDocument document() {
      return new PatternDocument("", name, version, yaml, false, 0, "");
    }
  }

  public LiveRules {
    files = new ArrayList<>(files);
  }
}
