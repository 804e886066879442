package io.foreshock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.samples.RandomTelemetry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class WithoutHadoopTest {

  @Test
  void fileIsWrittenWhereNoClassOfHadoopIs() throws Exception {
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
}
