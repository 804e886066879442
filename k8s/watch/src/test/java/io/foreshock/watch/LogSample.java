package io.foreshock.watch;

import io.foreshock.operators.LogSubject;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.MdcUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of its own that logs as a job does: its configuration is read once. */
final class LogSample {
  private static final Logger LOG = LoggerFactory.getLogger(LogSample.class);

  private LogSample() {}

  /** Logs a line about an asset, and one about nobody with an exception. */
  public static void main(String[] arguments) {
    MdcUtils.MdcCloseable job =
        MdcUtils.withContext(MdcUtils.asContextData(JobID.fromHexString(arguments[0])));
    try (job;
        LogSubject subject = LogSubject.ofKey("acme/pump \"7\"")) {
      LOG.warn("Lost a message of asset {}\nthat waited", subject.name());
    }
    LOG.error("It failed", new IllegalStateException("the \"store\" is full"));
  }
}
