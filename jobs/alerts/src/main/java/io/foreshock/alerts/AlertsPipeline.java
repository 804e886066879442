package io.foreshock.alerts;

import io.foreshock.model.RawRecord;
import io.foreshock.operators.alerts.AlertInput;
import io.foreshock.operators.alerts.AlertRecord;
import io.foreshock.operators.alerts.PlaceDetectionsFunction;
import io.foreshock.operators.alerts.ReadCommandsFunction;
import io.foreshock.operators.alerts.ReadDetectionsFunction;
import io.foreshock.operators.alerts.TellPeopleFunction;
import io.foreshock.operators.alerts.TrackAlertsOperator;
import io.foreshock.operators.decode.DecodeWithAssetsFunction.Snapshot;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Detections and commands to alerts and what people are told: per asset the alerts, then per tenant
 * what goes out. Everything that comes out is one stream, so that one transaction holds it.
 */
public final class AlertsPipeline {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String PLACE_DETECTIONS = "place-detections";

  public static final String READ_COMMANDS = "understand-commands";
  public static final String TRACK = "track-alerts";
  public static final String TELL = "tell-people";

  private AlertsPipeline() {}

  /**
   * Adds the pipeline to the graph of the given streams; nothing is known of sites and parents.
   *
   * @param detections records of detections as they came
   * @param commands records of commands as they came
   */
  public static DataStream<AlertRecord> define(
      DataStream<RawRecord> detections, DataStream<RawRecord> commands, AlertsConfig config) {
    return track(detections.process(new ReadDetectionsFunction()), commands, config);
  }

  /**
   * Adds the pipeline, with the asset registry.
   *
   * @param assets records of the registry's topic
   * @param snapshot reads the whole registry when a task opens
   */
  public static DataStream<AlertRecord> define(
      DataStream<RawRecord> detections,
      DataStream<RawRecord> commands,
      DataStream<RawRecord> assets,
      Snapshot snapshot,
      AlertsConfig config) {
    return track(
        detections.connect(assets.broadcast()).process(new PlaceDetectionsFunction(snapshot)),
        commands,
        config);
  }

  private static DataStream<AlertRecord> track(
      SingleOutputStreamOperator<AlertInput> placing,
      DataStream<RawRecord> commands,
      AlertsConfig config) {
    SingleOutputStreamOperator<AlertInput> placed =
        placing.uid(PLACE_DETECTIONS).name(PLACE_DETECTIONS);
    SingleOutputStreamOperator<AlertInput> understood =
        commands.process(new ReadCommandsFunction()).uid(READ_COMMANDS).name(READ_COMMANDS);
    SingleOutputStreamOperator<AlertRecord> alerts =
        TrackAlertsOperator.track(
                placed.union(understood).keyBy(AlertInput::assetKey, Types.STRING),
                understood.getSideOutput(ReadCommandsFunction.GROUPS),
                config.rules())
            .uid(TRACK)
            .name(TRACK);
    SingleOutputStreamOperator<AlertRecord> told =
        alerts
            .getSideOutput(TrackAlertsOperator.NOTICES)
            .keyBy(notice -> notice.tenant(), Types.STRING)
            .process(new TellPeopleFunction(config.rules()))
            .uid(TELL)
            .name(TELL);
    return alerts.union(told, understood.getSideOutput(ReadCommandsFunction.ANSWERS));
  }
}
