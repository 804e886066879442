package io.foreshock.operators.alerts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.CommandCodec;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import io.foreshock.model.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Commands as they were written, to commands about an asset or alert; those about a group go to
 * {@link #GROUPS}. One that cannot be read or breaks a rule is answered on {@link #ANSWERS}, never
 * an error. The tenant is that of the topic.
 *
 * <p>Metrics: {@code commands}, {@code commandsRefused}.
 */
public final class ReadCommandsFunction extends ProcessFunction<RawRecord, AlertInput> {
  private static final long serialVersionUID = 1L;

  /** Commands about groups of assets. */
  public static final OutputTag<Command> GROUPS = new OutputTag<>("group-commands") {};

  /** Answers to commands that cannot be used. */
  public static final OutputTag<AlertRecord> ANSWERS = new OutputTag<>("command-answers") {};

  private transient Counter commands;
  private transient Counter refused;

  @Override
  public void open(OpenContext context) {
    commands = getRuntimeContext().getMetricGroup().counter("commands");
    refused = getRuntimeContext().getMetricGroup().counter("commandsRefused");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<AlertInput> out) {
    if (record.value().length == 0) {
      return;
    }
    List<String> problems = new ArrayList<>();
    Command command = null;
    try {
      command =
          CommandCodec.decode(
              record.tenant(), record.value(), record.partition(), record.offset(), problems);
    } catch (InvalidProtocolBufferException e) {
      problems.add("the value is no Command: " + e.getMessage());
    }
    if (command == null) {
      refused.inc();
      context.output(
          ANSWERS,
          AlertRecord.of(
              new CommandAnswer(
                  record.tenant(),
                  CommandCodec.idOf(record.value()),
                  false,
                  String.join("; ", problems),
                  context.timerService().currentProcessingTime(),
                  0,
                  record.partition(),
                  record.offset())));
      return;
    }
    commands.inc();
    if (command.isAboutGroup()) {
      context.output(GROUPS, command);
    } else {
      out.collect(AlertInput.of(command, record.appendTimeMillis()));
    }
  }
}
