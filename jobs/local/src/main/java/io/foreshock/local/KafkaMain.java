package io.foreshock.local;

import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * Formats the data folder of a broker if that has not been done, then runs the broker: one process
 * instead of two. Arguments: path of the properties, id of the cluster.
 */
public final class KafkaMain {

  private KafkaMain() {}

  public static void main(String[] args) {
    String[] format = {"format", "--ignore-formatted", "-c", args[0], "-t", args[1]};
    int failed = StorageTool.execute(format, System.out);
    if (failed != 0) {
      System.exit(failed);
    }
    Kafka.main(new String[] {args[0]});
  }
}
