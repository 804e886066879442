package io.foreshock.store;

import io.foreshock.runtime.config.Option;
import java.time.Duration;
import java.util.List;

/** What may be configured on the operational store, for every job that writes to it. */
public final class StoreOptions {
  /** Environment variable of the password, when no file is named. */
  public static final String PASSWORD_VARIABLE = "FORESHOCK_STORE_PASSWORD";

  public static final Option<String> URL =
      Option.text("store.url", "PostgreSQL database, as JDBC names it. Empty: nothing is stored.")
          .withDefault("")
          .withExample("jdbc:postgresql://db-1:5432/foreshock")
          .must("begin with jdbc:postgresql:", StoreOptions::isPostgres)
          .must("not hold a password; name a file with store.password-file", StoreOptions::isOpen);

  public static final Option<String> USER =
      Option.text("store.user", "Role that stores.").withDefault("foreshock");

  public static final Option<String> PASSWORD_FILE =
      Option.text(
              "store.password-file",
              "File of the password, read on every TaskManager each time it connects. Empty: the environment variable "
                  + PASSWORD_VARIABLE
                  + "; without that, none.")
          .withDefault("")
          .withExample("/run/secrets/store-password");

  public static final Option<Boolean> MIGRATE =
      Option.yesOrNo(
              "store.migrate",
              "Bring the schema up to date before the job starts. Otherwise a job whose schema is missing or old does"
                  + " not start; `foreshock store migrate` does it by hand.")
          .withDefault(false);

  public static final Option<Integer> BATCH_SIZE =
      Option.wholeNumber(
              "store.batch-size",
              "Messages that are sent to the database together; what has gathered is sent with every checkpoint.")
          .withDefault(500)
          .must("be between 1 and 10000", size -> size >= 1 && size <= 10_000);

  public static final Option<Duration> PATIENCE =
      Option.duration(
              "store.patience",
              "How long a task waits for a database that is away before it fails and the deployment's restart strategy"
                  + " takes over. No checkpoint completes meanwhile.")
          .withDefault(Duration.ofMinutes(5))
          .must("not be negative", time -> !time.isNegative());

  public static final Option<Duration> ANSWER_TIMEOUT =
      Option.duration(
              "store.answer-timeout",
              "How long the database may take to connect or to store what was sent together; then the connection is"
                  + " given up and made anew.")
          .withDefault(Duration.ofSeconds(30))
          .must("be at least 1 s", time -> time.toSeconds() >= 1);

  /** All of them. */
  public static final List<Option<?>> ALL =
      List.of(URL, USER, PASSWORD_FILE, MIGRATE, BATCH_SIZE, PATIENCE, ANSWER_TIMEOUT);

  private StoreOptions() {}

  private static boolean isPostgres(String url) {
    return url.isEmpty() || url.startsWith("jdbc:postgresql:");
  }

  /** Neither {@code ?password=…} nor {@code //user:password@host}. */
  private static boolean isOpen(String url) {
    return !url.matches("(?i).*[?&](ssl)?password=.*") && !url.matches(".*//[^/?]*:[^/?]*@.*");
  }
}
