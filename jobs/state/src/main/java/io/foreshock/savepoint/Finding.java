package io.foreshock.savepoint;

/**
 * What a check has found about one thing.
 *
 * @param level what it means for a restore
 * @param uid operator concerned; empty for the snapshot as a whole
 * @param subject state, pattern or other thing concerned; empty for the operator as a whole
 * @param reason what is so, with the values compared
 * @param remedy what to do; empty when nothing is to be done
 */
public record Finding(Level level, String uid, String subject, String reason, String remedy) {

  /** What it means for a restore, worst last. */
  public enum Level {
    /** Is restored as it is. */
    FITS,
    /** Is restored; worth knowing. */
    NOTE,
    /** The job starts, but without this. */
    LOST,
    /** Flink refuses the restore, or the job fails on it. */
    REFUSED
  }

  /** One line for people. */
  @Override
  public String toString() {
    String where = uid.isEmpty() ? "" : "\"" + uid + "\"";
    String what = subject.isEmpty() ? "" : (where.isEmpty() ? "" : ", ") + subject;
    String head = where + what;
    return (head.isEmpty() ? "" : head + ": ") + reason + (remedy.isEmpty() ? "" : " " + remedy);
  }
}
