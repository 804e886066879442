package io.foreshock.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foreshock.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private enum Mode {
    KEEP_ALL,
    DROP
  }

  private static final Option<String> SERVERS =
      Option.text("kafka.servers", "Addresses.").withExample("broker:9092");
  private static final Option<Duration> HOLD =
      Option.duration("bearing-wear.hold-time", "How long.")
          .withDefault(Duration.ofMinutes(10))
          .must("be positive", time -> !time.isNegative() && !time.isZero());
  private static final Option<List<String>> TENANTS =
      Option.list("tenants", "Whom.").withDefault(List.of("*"));
  private static final Option<Mode> MODE =
      Option.oneOf("mode", "How.", Mode.class).withDefault(Mode.KEEP_ALL).formerly("old-mode");
  private static final Option<Integer> LIMIT =
      Option.wholeNumber("limit", "How many.").withDefault(3);
  private static final Option<String> PASSWORD =
      Option.text("store.password", "Secret.").withDefault("");

  private static final Options OPTIONS =
      new Options(List.of(SERVERS, HOLD, TENANTS, MODE, LIMIT, PASSWORD))
          .family("kafka.client.", "For every client.")
          .contradiction(
              settings ->
                  settings.get(LIMIT) > 100 && settings.get(MODE) == Mode.KEEP_ALL
                      ? Optional.of("limit above 100 needs mode drop.")
                      : Optional.empty());

  @TempDir Path folder;

  @Test
  void defaultIsBeatenByFileAndFileByCommandLine() throws IOException {
    Path file = file("bearing-wear.hold-time: 5 min\nlimit: 7\nkafka: {servers: 'a:1'}\n");
    Settings settings = read("--config", file.toString(), "-D", "limit=9");
    assertThat(settings.get(MODE)).isEqualTo(Mode.KEEP_ALL);
    assertThat(settings.get(HOLD)).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.get(LIMIT)).isEqualTo(9);
    assertThat(settings.get(SERVERS)).isEqualTo("a:1");
    assertThat(settings.origin(MODE)).isEqualTo("default");
    assertThat(settings.origin(HOLD)).isEqualTo("file " + file);
    assertThat(settings.origin(LIMIT)).isEqualTo("command line");
  }

  @Test
  void laterFileWins() throws IOException {
    Path one = Files.writeString(folder.resolve("1.yaml"), "limit: 1\nkafka.servers: a:1");
    Path two = Files.writeString(folder.resolve("2.yaml"), "limit: 2");
    assertThat(read("--config", one.toString(), "--config=" + two).get(LIMIT)).isEqualTo(2);
  }

  @Test
  void readsListsFromYamlAndFromText() throws IOException {
    Path file = file("kafka.servers: a:1\ntenants: [acme, globex]\n");
    assertThat(read("--config", file.toString()).get(TENANTS)).containsExactly("acme", "globex");
    assertThat(read("-Dkafka.servers=a:1", "-Dtenants=acme, globex ,").get(TENANTS))
        .containsExactly("acme", "globex");
  }

  @Test
  void reportsAllProblemsAtOnce() throws IOException {
    Path file =
        file("bearing-wear.hold-tme: 5 min\nbearing-wear.hold-time: -5 min\nmode: sometimes\n");
    assertThat(problems("--config", file.toString(), "-D", "limit=many", "--now"))
        .containsExactlyInAnyOrder(
            "Argument \"--now\" is not understood. Use --config FILE, -D key=value, --verbose or --help.",
            "Unknown option \"bearing-wear.hold-tme\" (file "
                + file
                + "). Did you mean \"bearing-wear.hold-time\"?",
            "bearing-wear.hold-time must be positive, but is \"-5 min\" (file "
                + file
                + "). Use e.g. \"10 min\".",
            "mode must be one of keep-all, drop, but is \"sometimes\" (file "
                + file
                + "). Use e.g. \"keep-all\".",
            "limit must be a whole number, but is \"many\" (command line). Use e.g. \"3\".",
            "kafka.servers is required: Addresses. Set it in the file given with --config, or with -D"
                + " kafka.servers=… Use e.g. \"broker:9092\".");
  }

  @Test
  void neverEchoesWhatMayBeSecret() {
    Option<Integer> pin = Option.wholeNumber("store.secret-pin", "Pin.").withDefault(0);
    List<String> problems = new ArrayList<>();
    assertThat(pin.parse("hunter2", "test", problems)).isNull();
    problems.addAll(
        problems(
            "-Dkafka.servers=a:1",
            "--store.password=hunter2",
            "-d store.password=hunter2",
            "--store.password",
            "hunter2",
            "-D",
            "=hunter2"));

    assertThat(problems).hasSize(6).noneMatch(problem -> problem.contains("hunter2"));
    assertThat(problems.get(1)).startsWith("Argument \"--store.password\" is not understood.");
    assertThat(problems.get(4)).startsWith("Argument number 5 is not understood.");
  }

  @Test
  void neverEchoesAPasswordInsideAnAddress() {
    assertThat(Settings.shown("store.url", "jdbc:postgresql://db:5432/x?password=x7&ssl=true"))
        .isEqualTo("jdbc:postgresql://db:5432/x?password=******&ssl=true");
    assertThat(Settings.shown("store.url", "jdbc:postgresql://db/x?user=a&sslpassword=x7"))
        .isEqualTo("jdbc:postgresql://db/x?user=a&sslpassword=******");
    assertThat(Settings.shown("store.url", "jdbc:postgresql://a:x7@db:5432/x"))
        .isEqualTo("jdbc:postgresql://a:******@db:5432/x");
    assertThat(Settings.shown("store.url", "jdbc:postgresql://db:5432"))
        .isEqualTo("jdbc:postgresql://db:5432");
  }

  @Test
  void knowsKeysWhoseValuesAreSecret() {
    assertThat(
            List.of(
                "store.password",
                "kafka.client.ssl.keystore.key",
                "kafka.client.ssl.key.password",
                "kafka.client.sasl.jaas.config",
                "kafka.client.basic.auth.user.info",
                "kafka.client.bearer.auth.token",
                "kafka.client.oauth.client.credentials",
                "s3.access-key",
                "s3.accessKey",
                "S3.SECRET"))
        .allMatch(Settings::isSecret);
    assertThat(
            List.of("kafka.client.ssl.keystore.location", "limit", "tenants", "monkeys.max-wait"))
        .noneMatch(Settings::isSecret);
  }

  @Test
  void demandsTheUnitOfADuration() {
    assertThat(problems("-Dkafka.servers=a:1", "-Dbearing-wear.hold-time=10"))
        .containsExactly(
            "bearing-wear.hold-time must be a duration with its unit, e.g. \"10 min\", but is \"10\" (command"
                + " line). Use e.g. \"10 min\".");
  }

  @Test
  void writesEveryDefaultSoThatItReadsAsItself() {
    Option<MemorySize> size = Option.size("size", "Bytes.").withDefault(MemorySize.ofMebiBytes(1));
    assertThat(size.defaultText()).isEqualTo("1 mb");
    for (Option<?> option :
        List.of(HOLD, TENANTS, MODE, LIMIT, size, Option.number("n", "").withDefault(0.5))) {
      assertThat(option.parse(option.defaultText(), "test", new ArrayList<>()))
          .isEqualTo(option.defaultValue());
    }
  }

  @Test
  void guessesNothingForAKeyThatLooksLikeNone() {
    assertThat(problems("-Dkafka.servers=a:1", "-Dcompletely.different=1"))
        .containsExactly(
            "Unknown option \"completely.different\" (command line). --help lists all options.");
  }

  @Test
  void reportsContradictions() {
    assertThat(problems("-Dkafka.servers=a:1", "-Dlimit=200"))
        .containsExactly("limit above 100 needs mode drop.");
    assertThat(read("-Dkafka.servers=a:1", "-Dlimit=200", "-Dmode=drop").get(LIMIT)).isEqualTo(200);
  }

  @Test
  void readsFormerKeyWithAWarningAndRefusesBoth() {
    Settings settings = read("-Dkafka.servers=a:1", "-Dold-mode=drop");
    assertThat(settings.get(MODE)).isEqualTo(Mode.DROP);
    assertThat(settings.warnings())
        .containsExactly(
            "Option \"old-mode\" is now \"mode\"; the former name goes with the next release.");
    assertThat(problems("-Dkafka.servers=a:1", "-Dold-mode=drop", "-Dmode=drop"))
        .containsExactly(
            "Option \"old-mode\" (command line) is the former name of \"mode\", which is set too. Remove the former"
                + " name.");
  }

  @Test
  void tellsWhichFileIsMissingOrBroken() throws IOException {
    assertThat(problems("--config", "no.yaml", "-Dkafka.servers=a:1"))
        .singleElement()
        .asString()
        .startsWith("Configuration file no.yaml does not exist (looked in ");
    Path broken = file("kafka.servers: a:1\nlimit: [1, 2\n");
    assertThat(problems("--config", broken.toString(), "-Dkafka.servers=a:1"))
        .singleElement()
        .asString()
        .startsWith("Configuration file " + broken + " is no valid YAML: ")
        .contains("(line ");
    Path twice = file("limit: 1\nlimit: 2\n");
    assertThat(problems("--config", twice.toString(), "-Dkafka.servers=a:1"))
        .singleElement()
        .asString()
        .contains("Duplicate");
    Path nestedTwice = file("kafka: {servers: 'a:1'}\nkafka.servers: b:1\n");
    assertThat(problems("--config", nestedTwice.toString()))
        .containsExactly("Configuration file " + nestedTwice + " sets kafka.servers twice.");
  }

  @Test
  void printsEffectiveValuesWithOriginAndMasksSecrets() {
    Settings settings =
        read(
            "-Dkafka.servers=a:1",
            "-Dstore.password=hunter2",
            "-Dkafka.client.sasl.jaas.config=secret stuff",
            "-Dkafka.client.security.protocol=SASL_SSL");
    assertThat(settings.describe())
        .isEqualTo(
            """
              bearing-wear.hold-time         = 10 min  (default)
              kafka.client.sasl.jaas.config  = ******  (command line)
              kafka.client.security.protocol = SASL_SSL  (command line)
              kafka.servers                  = a:1  (command line)
              limit                          = 3  (default)
              mode                           = keep-all  (default)
              store.password                 = ******  (command line)
              tenants                        = *  (default)
            """);
    assertThat(settings.family("kafka.client."))
        .isEqualTo(Map.of("sasl.jaas.config", "secret stuff", "security.protocol", "SASL_SSL"));
  }

  @Test
  void referencePageNamesEveryOption() {
    assertThat(ReferencePage.markdown("bearing", OPTIONS))
        .contains("# Options of `bearing`")
        .contains("| `kafka.servers` | text | required | Addresses. |")
        .contains("| `bearing-wear.hold-time` | duration | `10 min` | How long. |")
        .contains("| `store.password` | text | (empty) | Secret. |")
        .contains("| `kafka.client.*` | text | | For every client. |");
    assertThat(ReferencePage.help("bearing", OPTIONS)).contains("limit (default: 3)");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("job.yaml"), yaml);
  }

  private static Settings read(String... args) {
    return Settings.read(OPTIONS, CommandLine.parse(args));
  }

  private static List<String> problems(String... args) {
    return catchThrowableOfType(StartRefused.class, () -> read(args)).problems();
  }
}
