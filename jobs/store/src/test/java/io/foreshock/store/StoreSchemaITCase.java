package io.foreshock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.FaultCode;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.StartRefused;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSchemaITCase {
  private static Database database;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    database = Database.start(folder);
    for (String role : List.of("acme_reader", "stranger", "job")) {
      database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'pw'");
    }
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void empty() throws Exception {
    database.empty();
  }

  @Test
  void migrationRunsOnceAndTheStartSaysWhatIsMissing() {
    StoreConfig unmigrated = withoutMigration(database.access());
    assertThatThrownBy(() -> StoreSchema.prepare(unmigrated, warning -> {}))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(
            "lacks the migrations 1 telemetry, 2 store telemetry, 3 detections, 4 tenants, 5 functions of later"
                + " migrations, 6 sessions. Run `foreshock store"
                + " migrate --url "
                + database.server.jdbcUrl());

    assertThat(StoreSchema.migrate(database.access()))
        .containsExactly(
            "1 telemetry",
            "2 store telemetry",
            "3 detections",
            "4 tenants",
            "5 functions of later migrations",
            "6 sessions");
    assertThat(StoreSchema.migrate(database.access())).isEmpty();
    StoreSchema.prepare(unmigrated, warning -> {});
    StoreSchema.prepare(database.config(), warning -> {});
  }

  @Test
  void startIsRefusedByNameOfTheRoleAndWithoutThePassword() {
    StoreAccess wrong =
        new StoreAccess(database.server.jdbcUrl(), "job", "${env:PATH}", Duration.ofSeconds(10));
    assertThatThrownBy(() -> StoreSchema.prepare(withoutMigration(wrong), warning -> {}))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("store.user=job")
        .hasMessageContaining("password authentication failed for user \"job\"")
        .hasMessageNotContaining(System.getenv("PATH"));
    StoreAccess none =
        new StoreAccess(
            database.server.jdbcUrl(), "job", "${file:/no/such/file}", Duration.ofSeconds(10));
    assertThatThrownBy(() -> StoreSchema.prepare(withoutMigration(none), warning -> {}))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("The file /no/such/file does not exist");
  }

  @Test
  void databaseThatIsAwayDelaysNoStartUnlessItMustBeMigrated() {
    StoreAccess away =
        new StoreAccess("jdbc:postgresql://127.0.0.1:1/x", "job", "", Duration.ofSeconds(2));
    List<String> warnings = new ArrayList<>();
    StoreSchema.prepare(withoutMigration(away), warnings::add);
    assertThat(warnings).singleElement().asString().contains("is away", "127.0.0.1:1");

    assertThatThrownBy(
            () -> StoreSchema.prepare(new StoreConfig(away, true, 1, Duration.ZERO), warning -> {}))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("store.url=jdbc:postgresql://127.0.0.1:1/x");
  }

  @Test
  void readerSeesItsTenantsOnlyAndChangesNothing() throws Exception {
    StoreSchema.migrate(database.access());
    store(database.access(), Readings.of(Assets.PUMP).reading("speed_rpm", 1).batch());
    store(
        database.access(),
        Readings.of(Assets.of(Assets.OTHER_TENANT, "pump-1", "pump"))
            .reading("speed_rpm", 2)
            .batch());
    database.query("SELECT foreshock.grant_tenant('acme_reader', 'acme')");

    assertThat(as("acme_reader", "SELECT tenant, value FROM foreshock.readings"))
        .containsExactly("acme|1.0");
    assertThat(as("acme_reader", "SELECT count(*) FROM foreshock.readings WHERE tenant = 'globex'"))
        .containsExactly("0");
    assertThat(as("acme_reader", "SELECT tenant FROM foreshock.tenant_access"))
        .containsExactly("acme");
    for (String attempt :
        List.of(
            "INSERT INTO foreshock.tenant_access VALUES ('acme_reader', 'globex')",
            "DELETE FROM foreshock.readings",
            "UPDATE foreshock.readings SET value = 3",
            "SET ROLE foreshock",
            "SELECT foreshock.grant_tenant('acme_reader', 'globex')",
            "ALTER TABLE foreshock.readings DISABLE ROW LEVEL SECURITY")) {
      assertThatThrownBy(() -> as("acme_reader", attempt))
          .as(attempt)
          .isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> as("stranger", "SELECT * FROM foreshock.readings"))
        .hasMessageContaining("permission denied");

    database.query("SELECT foreshock.grant_tenant('acme_reader', 'globex')");
    assertThat(as("acme_reader", "SELECT count(*) FROM foreshock.readings")).containsExactly("2");
    database.query("SELECT foreshock.revoke_tenant('acme_reader', 'acme')");
    assertThat(as("acme_reader", "SELECT tenant FROM foreshock.readings"))
        .containsExactly("globex");
  }

  @Test
  void roleOfTheJobMayStoreAndNothingElse(@TempDir Path folder) throws Exception {
    StoreSchema.migrate(database.access());
    database.query("SELECT foreshock.grant_writer('job')");
    Path secret = java.nio.file.Files.writeString(folder.resolve("job"), "pw\n");
    StoreAccess job =
        new StoreAccess(
            database.server.jdbcUrl(), "job", "${file:" + secret + "}", Duration.ofSeconds(10));

    StoreSchema.prepare(withoutMigration(job), warning -> {});
    store(job, Readings.of(Assets.PUMP).reading("speed_rpm", 1).batch());

    assertThat(database.query("SELECT value FROM foreshock.readings")).containsExactly("1.0");
    for (String attempt :
        List.of(
            "SELECT * FROM foreshock.readings",
            "DELETE FROM foreshock.readings",
            "INSERT INTO foreshock.tenant_access VALUES ('job', 'acme')")) {
      assertThatThrownBy(() -> as("job", attempt)).hasMessageContaining("permission denied");
    }
  }

  @Test
  void functionOfALaterMigrationIsForNobodyUntilItIsGranted() throws Exception {
    StoreSchema.migrate(database.access());
    database.execute(
        "CREATE FUNCTION foreshock.of_a_later_migration() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    String may =
        "SELECT has_function_privilege('%s', 'foreshock.of_a_later_migration()', 'EXECUTE')";
    assertThat(database.query(may.formatted("stranger"))).containsExactly("false");
    database.execute("GRANT EXECUTE ON FUNCTION foreshock.of_a_later_migration() TO job");
    assertThat(database.query(may.formatted("job"))).containsExactly("true");
  }

  @Test
  void valuesOfOneChannelAtOneTimeAreKeptApartAndRepeatsAreNot() throws Exception {
    StoreSchema.migrate(database.access());
    TelemetryBatch twice =
        Readings.of(Assets.PUMP).reading("speed_rpm", 1).reading("speed_rpm", 1).batch();
    store(database.access(), twice);
    store(database.access(), twice);
    store(database.access(), Readings.of(Assets.PUMP).sequence(1).reading("speed_rpm", 1).batch());
    store(
        database.access(),
        Readings.of(Assets.PUMP).device("second").reading("speed_rpm", 1).batch());
    assertThat(database.query("SELECT count(*) FROM foreshock.readings")).containsExactly("4");
  }

  @Test
  void detectionIsStoredOnceWithItsEvidence() throws Exception {
    StoreSchema.migrate(database.access());
    Signal shaking =
        Signal.symptom(
            Assets.PUMP,
            true,
            "rough",
            "vibration_rms_mm_s",
            Readings.time("08:00:00"),
            7.5,
            7.1,
            Double.NaN,
            false);
    Signal code =
        Signal.faultCode(
            Assets.PUMP,
            new FaultCode("a\0b", Readings.time("08:01:00"), "", FaultCode.Severity.ERROR),
            false);
    Detection detection =
        new Detection(
            "0123456789abcdef0123456789abcdef",
            Assets.PUMP,
            "bearing-wear",
            3,
            "bearing",
            "wear",
            Detection.Severity.CRITICAL,
            Readings.time("08:01:00"),
            Duration.ofHours(48).toMillis(),
            false,
            List.of(
                new StageEvidence("shaking", List.of(shaking)),
                new StageEvidence("coded", List.of(code))));
    for (int i = 0; i < 2; i++) {
      try (Connection connection = database.access().connect();
          PreparedStatement call = connection.prepareStatement(DetectionStatement.SQL)) {
        new DetectionStatement().accept(call, detection);
        call.execute();
      }
    }
    assertThat(
            database.query(
                """
                SELECT tenant, asset_id, pattern, pattern_version, component, failure_mode, severity,
                    event_time = '2026-01-05 08:01:00Z', horizon = '48 h', backlog,
                    evidence #>> '{0,stage}', evidence #>> '{0,signals,0,value}', evidence #>> '{0,signals,0,score}',
                    evidence #>> '{1,signals,0,name}'
                FROM foreshock.detections
                """))
        .containsExactly(
            "acme|pump-1|bearing-wear|3|bearing|wear|critical|true|true|false|shaking|7.5|null|a\uFFFDb");
  }

  @Test
  void largeTablesBecomeHypertablesWhereTimescaleDbIs() throws Exception {
    // No TimescaleDB is in Debian: what stands for it here only records how it was called.
    database.execute("SET allow_system_table_mods = on; " + STANDS_FOR_TIMESCALE);
    try {
      StoreSchema.migrate(database.access());
      assertThat(database.query("SELECT * FROM timescale.calls ORDER BY 1"))
          .containsExactly("positions|event_time|7 days", "readings|event_time|1 days");
    } finally {
      database.execute(
          "SET allow_system_table_mods = on;"
              + " DELETE FROM pg_extension WHERE extname = 'timescaledb';"
              + " DROP SCHEMA timescale CASCADE");
    }
  }

  private static final String STANDS_FOR_TIMESCALE =
      """
      CREATE SCHEMA timescale;
      CREATE TABLE timescale.calls (relation text, dimension name, chunks interval);
      CREATE FUNCTION timescale.create_hypertable(
          relation regclass, dimension name, chunk_time_interval interval DEFAULT NULL)
      RETURNS void LANGUAGE sql
      AS 'INSERT INTO timescale.calls VALUES (relation::text, dimension, chunk_time_interval)';
      INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
      SELECT 99999, 'timescaledb', extowner, 'timescale'::regnamespace, false, '2'
      FROM pg_extension WHERE extname = 'plpgsql';
      """;

  private static List<String> as(String role, String sql) throws SQLException {
    return database.query(role, "pw", sql);
  }

  private static void store(StoreAccess access, TelemetryBatch batch) throws SQLException {
    try (Connection connection = access.connect();
        PreparedStatement call = connection.prepareStatement(TelemetryStatement.SQL)) {
      new TelemetryStatement().accept(call, batch);
      call.execute();
    }
  }

  private static StoreConfig withoutMigration(StoreAccess access) {
    return new StoreConfig(access, false, 1, Duration.ZERO);
  }
}
