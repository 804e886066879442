package io.foreshock.bench;

import java.util.List;

/**
 * State of the engine in bytes.
 *
 * @param assets assets of the case
 * @param withOpenMatch those that have a match open, one each
 * @param savepointBytes canonical savepoint, with keys and timers
 * @param checkpoints incremental, one after the other
 */
record StateSizes(
    int assets, int withOpenMatch, long savepointBytes, List<Checkpoint> checkpoints) {

  /**
   * @param changedAssets assets that changed since the checkpoint before
   * @param bytes what it wrote
   */
  record Checkpoint(int changedAssets, long bytes) {}

  double bytesPerOpenMatch() {
    return (double) savepointBytes / withOpenMatch;
  }
}
