package io.foreshock.store;

import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.time.Duration;
import java.util.List;

/** What may be configured on the operational store, for every job that writes to it. */
public final class StoreOptions {
  public static final Option<String> URL =
      Option.text("store.url", "PostgreSQL database, as JDBC names it. Empty: nothing is stored.")
          .withDefault("")
          .withExample("jdbc:postgresql://db-1:5432/foreshock")
          .must("begin with jdbc:postgresql:", StoreOptions::isPostgres)
          .must(
              "not hold a password; say where it stands with store.password", StoreOptions::isOpen);

  public static final Option<String> USER =
      Option.text("store.user", "Role that stores.").withDefault("foreshock");

  public static final Option<String> PASSWORD =
      Option.text(
              "store.password",
              "Where the password stands: `${env:NAME}` or `${file:/path}`, the whole file. Read by every process of the"
                  + " job when it connects. Empty: none, or the user's own password file.")
          .withDefault("")
          .withExample("${env:STORE_PASSWORD}")
          .must(
              "be ${env:NAME} or ${file:/path}, never the password itself",
              StoreOptions::isEmptyOrReference);

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
      List.of(URL, USER, PASSWORD, MIGRATE, BATCH_SIZE, PATIENCE, ANSWER_TIMEOUT);

  private StoreOptions() {}

  private static boolean isEmptyOrReference(String text) {
    return text.isBlank() || SecretReference.parse(text).isPresent();
  }

  private static boolean isPostgres(String url) {
    return url.isEmpty() || url.startsWith("jdbc:postgresql:");
  }

  /** Neither {@code ?password=…} nor {@code //user:password@host}. */
  private static boolean isOpen(String url) {
    return !url.matches("(?i).*[?&](ssl)?password=.*") && !url.matches(".*//[^/?]*:[^/?]*@.*");
  }
}
