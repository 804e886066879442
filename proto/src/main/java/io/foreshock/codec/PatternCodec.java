package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternTrace;

/** Patterns and what became of them, to the bytes on their topics and back. */
public final class PatternCodec {
  /** Compacted topic of documents. */
  public static final String TOPIC = "foreshock.patterns";

  private static final String STATUS_SUFFIX = ".status";
  private static final PatternStatus.State[] STATES = PatternStatus.State.values();

  private PatternCodec() {}

  /** Compacted topic of answers to the documents of a topic. */
  public static String statusTopic(String topic) {
    return topic + STATUS_SUFFIX;
  }

  public static byte[] encode(PatternDocument document) {
    return io.foreshock.proto.pattern.v1.PatternDocument.newBuilder()
        .setName(document.name())
        .setVersion(document.version())
        .setTenant(document.tenant())
        .setYaml(document.yaml())
        .setPaused(document.paused())
        .setPublishedAtEpochMillis(document.publishedAtMillis())
        .setPublishedBy(document.publishedBy())
        .build()
        .toByteArray();
  }

  /**
   * Reads a document; what stands in it is not checked.
   *
   * @throws InvalidProtocolBufferException when the bytes are no PatternDocument
   */
  public static PatternDocument decode(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.pattern.v1.PatternDocument.parseFrom(bytes);
    return new PatternDocument(
        message.getTenant(),
        message.getName(),
        message.getVersion(),
        message.getYaml(),
        message.getPaused(),
        message.getPublishedAtEpochMillis(),
        message.getPublishedBy());
  }

  public static byte[] encode(PatternTrace trace) {
    return io.foreshock.proto.pattern.v1.PatternTrace.newBuilder()
        .setName(trace.name())
        .setTenant(trace.tenant())
        .addAllAssetIds(trace.assets())
        .setPublishedAtEpochMillis(trace.publishedAtMillis())
        .setPublishedBy(trace.publishedBy())
        .build()
        .toByteArray();
  }

  /**
   * Reads a request for near misses; what stands in it is not checked.
   *
   * @throws InvalidProtocolBufferException when the bytes are no PatternTrace
   */
  public static PatternTrace decodeTrace(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.pattern.v1.PatternTrace.parseFrom(bytes);
    return new PatternTrace(
        message.getTenant(),
        message.getName(),
        message.getAssetIdsList(),
        message.getPublishedAtEpochMillis(),
        message.getPublishedBy());
  }

  public static byte[] encode(PatternStatus status) {
    return io.foreshock.proto.pattern.v1.PatternStatus.newBuilder()
        .setTenant(status.tenant())
        .setName(status.name())
        .setStateValue(status.state().ordinal() + 1)
        .setVersion(status.version())
        .setPublishedAtEpochMillis(status.publishedAtMillis())
        .addAllReasons(status.reasons())
        .build()
        .toByteArray();
  }

  /**
   * @throws InvalidProtocolBufferException when the bytes are no PatternStatus, or hold a state
   *     that this version does not know
   */
  public static PatternStatus decodeStatus(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.pattern.v1.PatternStatus.parseFrom(bytes);
    return new PatternStatus(
        message.getTenant(),
        message.getName(),
        WireEnums.fromNumber(STATES, message.getStateValue(), "state"),
        message.getVersion(),
        message.getPublishedAtEpochMillis(),
        message.getReasonsList());
  }
}
