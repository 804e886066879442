package io.foreshock.bench.latency;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Makes {@link SlowStore} for addresses like {@code slow:///folder}. */
public final class SlowStoreFactory implements FileSystemFactory {
  static final String SCHEME = "slow";

  /** Key of the delay in Flink's configuration. */
  static final String DELAY = "slow-store.delay";

  private static final ConfigOption<Duration> DELAY_OPTION =
      ConfigOptions.key(DELAY).durationType().defaultValue(Duration.ofMillis(60));

  private long delayMillis = DELAY_OPTION.defaultValue().toMillis();

  @Override
  public void configure(Configuration config) {
    delayMillis = config.get(DELAY_OPTION).toMillis();
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem create(URI address) throws IOException {
    return new SlowStore(delayMillis);
  }
}
