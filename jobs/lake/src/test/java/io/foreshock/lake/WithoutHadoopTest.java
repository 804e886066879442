package io.foreshock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.RandomTelemetry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

class WithoutHadoopTest {

  @Test
  void fileIsWrittenAndReadWhereNoClassOfHadoopIs() throws Exception {
    List<URL> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("hadoop-common")) {
        jars.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("org.apache.hadoop.conf.Configuration"))
          .isInstanceOf(ClassNotFoundException.class);
      Callable<?> writer =
          (Callable<?>)
              loader.loadClass(WritesAFile.class.getName()).getConstructor().newInstance();
      byte[] file = (byte[]) writer.call();
      byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
      assertThat(file).hasSizeGreaterThan(1000).startsWith(magic).endsWith(magic);
      Callable<?> reader =
          (Callable<?>)
              loader
                  .loadClass(ReadsAFile.class.getName())
                  .getConstructor(byte[].class)
                  .newInstance(file);
      assertThat(reader.call()).isEqualTo(true);
    }
  }

  /** Runs in a class loader of its own. */
  public static final class WritesAFile implements Callable<byte[]> {
    @Override
    public byte[] call() throws Exception {
      RandomTelemetry telemetry = new RandomTelemetry(7);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ParquetFile file = new ParquetFile(out, Dataset.READINGS, "acme", 1 << 20)) {
        for (long number = 0; number < 100; number++) {
          file.write(telemetry.batch(number));
        }
      }
      return out.toByteArray();
    }
  }

  /** Runs in a class loader of its own; says whether what was written came back. */
  public record ReadsAFile(byte[] file) implements Callable<Boolean> {
    @Override
    public Boolean call() throws Exception {
      Path path = Files.createTempFile("lake-", ".parquet");
      try {
        Files.write(path, file);
        List<Measurement> found = new ArrayList<>();
        new ReadLakeFileFunction()
            .flatMap(
                path.toUri().toString(),
                new ListCollector<TelemetryBatch>(new ArrayList<>()) {
                  @Override
                  public void collect(TelemetryBatch batch) {
                    found.addAll(batch.measurements());
                  }
                });
        List<Measurement> written = new ArrayList<>();
        RandomTelemetry telemetry = new RandomTelemetry(7);
        for (long number = 0; number < 100; number++) {
          written.addAll(telemetry.batch(number).measurements());
        }
        return found.equals(written);
      } finally {
        Files.delete(path);
      }
    }
  }
}
