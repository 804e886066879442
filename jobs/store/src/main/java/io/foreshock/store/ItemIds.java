package io.foreshock.store;

import io.foreshock.model.TelemetryBatch;

/**
 * What tells apart the rows that one asset has at one time: a function of the message and of the
 * item's number among items of equal key in it. Not of its place in the list: an item in front that
 * is dropped as late on one run and not on another must not change it.
 *
 * <p>64 bits; two messages collide only when they also agree on tenant, asset, channel and
 * millisecond.
 */
final class ItemIds {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private ItemIds() {}

  /** Id of the first item of its key; the second is one higher, and so on. */
  static long first(TelemetryBatch batch) {
    long hash = FNV_OFFSET;
    hash = mix(hash, batch.deviceId());
    hash = mix(hash, batch.bootId());
    hash = mix(hash, batch.messageId());
    hash = (hash ^ batch.sequence()) * FNV_PRIME;
    // Spread what differs in the last bits only; constants of MurmurHash3's finalizer.
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  /** FNV-1a by characters, with an end that no character is. */
  private static long mix(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return (hash ^ 0x10000) * FNV_PRIME;
  }
}
