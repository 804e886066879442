package io.foreshock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foreshock version}: what was built, with what. */
@Command(name = "version", description = "Prints the version and what it was built with.")
public final class VersionCommand implements Callable<Integer>, IVersionProvider {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (String line : getVersion()) {
      spec.commandLine().getOut().println(line);
    }
    return 0;
  }

  @Override
  public String[] getVersion() {
    Properties build = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("/foreshock-build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {
      "foreshock " + build.getProperty("version"),
      "Flink " + build.getProperty("flink") + ", Kafka " + build.getProperty("kafka"),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }
}
