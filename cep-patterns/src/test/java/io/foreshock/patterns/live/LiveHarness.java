package io.foreshock.patterns.live;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.FaultCode;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternTrace;
import io.foreshock.model.Signal;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.MatchPatternsFunction;
import io.foreshock.patterns.engine.NearMissRules;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** check-patterns in front of match-patterns, in Flink's operator harnesses. */
final class LiveHarness implements AutoCloseable {
  /** 2026-03-01T00:00:00Z, in minutes. */
  private static final long DAY = 1_772_323_200_000L / 60_000;

  private final OneInputStreamOperatorTestHarness<PatternRecord, PatternRecord> check;
  private final KeyedTwoInputStreamOperatorTestHarness<String, Signal, PatternRecord, Detection>
      match;
  private int changesTaken;
  private int statusTaken;
  private int detectionsTaken;
  private int missesTaken;

  /** A savepoint of both. */
  record Savepoint(OperatorSubtaskState check, OperatorSubtaskState match) {}

  private LiveHarness(List<FileDocument> files, NearMissRules nearMisses) throws Exception {
    LiveRules rules =
        new LiveRules(
            files, ChannelCatalogue.load(), Duration.ofDays(90), EngineRules.DEFAULT, nearMisses);
    check =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new CheckPatternsFunction(rules)));
    match =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new MatchLivePatternsOperator(new MatchLivePatternsFunction(rules)),
            signal -> signal.asset().key(),
            null,
            Types.STRING,
            240,
            1,
            0);
    Configuration noKryo = new Configuration();
    noKryo.set(PipelineOptions.GENERIC_TYPES, false);
    check.getExecutionConfig().configure(noKryo, getClass().getClassLoader());
    match.getExecutionConfig().configure(noKryo, getClass().getClassLoader());
  }

  static LiveHarness open(FileDocument... files) throws Exception {
    return open(NearMissRules.NONE, files);
  }

  static LiveHarness open(NearMissRules nearMisses, FileDocument... files) throws Exception {
    LiveHarness harness = new LiveHarness(List.of(files), nearMisses);
    harness.check.open();
    harness.match.open();
    harness.match.processWatermark2(Watermark.MAX_WATERMARK);
    return harness;
  }

  static LiveHarness restore(Savepoint savepoint, FileDocument... files) throws Exception {
    return restore(savepoint, NearMissRules.NONE, files);
  }

  static LiveHarness restore(Savepoint savepoint, NearMissRules nearMisses, FileDocument... files)
      throws Exception {
    LiveHarness harness = new LiveHarness(List.of(files), nearMisses);
    harness.check.setup();
    harness.check.initializeState(savepoint.check());
    harness.check.open();
    harness.match.setup();
    harness.match.initializeState(savepoint.match());
    harness.match.open();
    harness.match.processWatermark2(Watermark.MAX_WATERMARK);
    return harness;
  }

  Savepoint savepoint() throws Exception {
    return new Savepoint(check.snapshot(1, 1), match.snapshot(1, 1));
  }

  /** Publishes under the document's own key; the topic's time is the time of publication. */
  PatternStatus publish(PatternDocument document) throws Exception {
    return record(document.key(), PatternCodec.encode(document), document.publishedAtMillis());
  }

  PatternStatus remove(String key, int minute) throws Exception {
    return record(key, new byte[0], millis(minute));
  }

  PatternStatus record(String key, byte[] value, long timeMillis) throws Exception {
    check.processElement(new PatternRecord(key, value, timeMillis), timeMillis);
    List<PatternRecord> changes = check.extractOutputValues();
    for (; changesTaken < changes.size(); changesTaken++) {
      match.processElement2(new StreamRecord<>(changes.get(changesTaken), timeMillis));
    }
    List<StreamRecord<PatternRecord>> answers =
        new ArrayList<>(check.getSideOutput(CheckPatternsFunction.STATUS));
    return PatternCodec.decodeStatus(answers.get(statusTaken++).getValue().value());
  }

  LiveHarness fault(AssetRef asset, String code, int minute) throws Exception {
    FaultCode fault = new FaultCode(code, millis(minute), "bearing", FaultCode.Severity.ERROR);
    match.processElement1(
        new StreamRecord<>(Signal.faultCode(asset, fault, false), millis(minute)));
    return this;
  }

  /** The ingest clock; fires timers. */
  LiveHarness clock(int minute) throws Exception {
    match.processWatermark1(new Watermark(millis(minute)));
    return this;
  }

  /** Versions of the detections since the last call, with their pattern and asset. */
  List<String> detections() {
    List<Detection> all = match.extractOutputValues();
    List<String> fresh =
        all.subList(detectionsTaken, all.size()).stream()
            .map(d -> d.asset().key() + " " + d.pattern() + " v" + d.patternVersion())
            .toList();
    detectionsTaken = all.size();
    return fresh;
  }

  /** Asks for near misses under the request's own key. */
  PatternStatus trace(PatternTrace trace) throws Exception {
    return record(trace.key(), PatternCodec.encode(trace), trace.publishedAtMillis());
  }

  /** Near misses since the last call: asset, pattern, version, reason, furthest stage. */
  List<String> nearMisses() {
    Queue<StreamRecord<NearMiss>> told = match.getSideOutput(MatchPatternsFunction.NEAR_MISSES);
    List<String> all =
        told == null
            ? List.of()
            : told.stream()
                .map(StreamRecord::getValue)
                .map(
                    miss ->
                        "%s %s v%d %s %s"
                            .formatted(
                                miss.asset().key(),
                                miss.pattern(),
                                miss.patternVersion(),
                                miss.reason(),
                                miss.furthestStage()))
                .toList();
    List<String> fresh = all.subList(missesTaken, all.size());
    missesTaken = all.size();
    return fresh;
  }

  /** Assets with open matches. */
  int halfMatched() throws Exception {
    ((MatchLivePatternsOperator) match.getOperator()).flush();
    return match.numKeyedStateEntries();
  }

  /** Documents that the matcher remembers, those of older versions included. */
  List<String> remembered() throws Exception {
    List<String> names = new ArrayList<>();
    match
        .getOperator()
        .getOperatorStateBackend()
        .getBroadcastState(PatternRegistry.STATE)
        .immutableEntries()
        .forEach(entry -> names.add(entry.getKey()));
    names.sort(null);
    return names;
  }

  static long millis(int minute) {
    return (DAY + minute) * 60_000;
  }

  @Override
  public void close() throws Exception {
    check.close();
    match.close();
  }
}
