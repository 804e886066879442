package io.foreshock.fleet;

import io.foreshock.model.OperatingStateChange.State;
import java.util.List;

/** One machine with its device: lives through its story, sample by sample. */
final class SimulatedAsset {
  private final AssetStory story;
  private final AssetModel model;
  private final Samples samples;
  private final Device device;
  private final long sampleMillis;
  private final long uploadMillis;
  private long nextSample;
  private long nextUpload;
  private State state;
  private boolean repairReported;

  /**
   * @param firstSample simulated time of the first reading
   */
  SimulatedAsset(
      AssetStory story,
      AssetModel model,
      Samples samples,
      Device device,
      FleetConfig config,
      long firstSample) {
    this.story = story;
    this.model = model;
    this.samples = samples;
    this.device = device;
    this.sampleMillis = config.sampleEvery().toMillis();
    this.uploadMillis = config.uploadEvery().toMillis();
    this.nextSample = firstSample;
    this.nextUpload = firstSample + uploadMillis;
  }

  /** Lives up to a time (inclusive); what is sent on the way goes to {@code out}. */
  void advanceTo(long millis, List<Upload> out) {
    while (nextSample <= millis) {
      sample(nextSample);
      nextSample += sampleMillis;
      if (nextSample >= nextUpload) {
        device.send(nextSample - sampleMillis + 1, samples.take(), out);
        nextUpload += uploadMillis;
      }
    }
  }

  /** The simulation ends: sends what is left. */
  void finish(long millis, List<Upload> out) {
    if (!samples.isEmpty()) {
      device.send(millis, samples.take(), out);
    }
    device.flush(millis, out);
  }

  private void sample(long millis) {
    samples.at(millis);
    if (!repairReported && millis >= story.repairedMillis()) {
      repairReported = true;
      samples.replaced(story.failureKind().component());
    }
    double fault = story.degradation().at(millis);
    model.step(millis, sampleMillis / 1000.0, fault, story.dutyAt(millis), samples);
    if (model.state() != state) {
      state = model.state();
      samples.entered(state);
    }
  }
}
