package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;

/** Where a {@link Sequencer} sends batches, and where it keeps those that wait. */
interface Outlet {

  /** Ingest time at which what follows happens: of a message's arrival, or of a deadline. */
  void at(long ingestMillis);

  /** In its place. */
  void emit(TelemetryBatch batch);

  /** Behind what was already passed on. */
  void late(TelemetryBatch batch);

  /** Keeps a batch until {@link #take} asks for it. */
  void keep(long key, TelemetryBatch batch);

  /**
   * Hands a kept batch back and forgets it. Null when it is not there, because a batch that was
   * kept later has the same key: the batch counts as lost.
   */
  TelemetryBatch take(long key);

  /** A repeat was dropped. */
  void duplicate();

  /** Messages were given up that a device has sent. */
  void lost(long messages);

  /** Numbering went ahead by more than {@link BootCursor#JUMP}. */
  void jump();

  /** More messages waited than is allowed, so a gap was given up early. */
  void overflow();
}
