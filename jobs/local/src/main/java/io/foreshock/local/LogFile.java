package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the log4j 2 configuration of a process: one file of limited size, warnings excepted. */
final class LogFile {

  private LogFile() {}

  /**
   * @param configuration file to write
   * @param log where the process shall log; rolled over at 20 MB, one old file kept
   * @param levels level by logger, for loggers that differ from INFO
   */
  static Path configure(Path configuration, Path log, Map<String, String> levels) {
    StringBuilder text =
        new StringBuilder(
            """
            status = error
            rootLogger.level = INFO
            rootLogger.appenderRef.file.ref = file
            appender.file.name = file
            appender.file.type = RollingFile
            appender.file.fileName = %s
            appender.file.filePattern = %s.%%i
            appender.file.layout.type = PatternLayout
            appender.file.layout.pattern = %%d{yyyy-MM-dd HH:mm:ss.SSS} %%-5p [%%t] %%c{1.} - %%m%%n
            appender.file.policies.type = Policies
            appender.file.policies.size.type = SizeBasedTriggeringPolicy
            appender.file.policies.size.size = 20MB
            appender.file.strategy.type = DefaultRolloverStrategy
            appender.file.strategy.max = 1
            """
                .formatted(log, log));
    int number = 0;
    for (Map.Entry<String, String> level : levels.entrySet()) {
      String logger = "logger.l" + number++;
      text.append(logger).append(".name = ").append(level.getKey()).append('\n');
      text.append(logger).append(".level = ").append(level.getValue()).append('\n');
    }
    try {
      return Files.writeString(configuration, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
