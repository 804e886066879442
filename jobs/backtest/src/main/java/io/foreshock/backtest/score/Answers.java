package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Answer.Split;
import io.foreshock.backtest.score.Baselines.BySection;
import io.foreshock.backtest.score.Baselines.RandomAlarms;
import io.foreshock.model.Detection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the answer: judges what a run brought, and what is to be compared with it. */
public final class Answers {
  private final Question question;
  private final Observed.Run run;
  private final Readings readings;

  /**
   * @param run to look closer at assets with failures that were missed
   * @param readings of the recording, for the baseline of limits; {@link Readings#NONE} without
   */
  public Answers(Question question, Observed.Run run, Readings readings) {
    this.question = question;
    this.run = run;
    this.readings = readings;
  }

  /** The answer without sweeps and comparison. */
  public Answer of(Observed observed) throws IOException {
    Sections sections = new Sections(question, observed.detections());
    AlarmJudge judge = new AlarmJudge(question.protocol(), question.history());
    List<Verdict> verdicts = verdicts(judge, sections, observed.detections());
    List<MissedFailure> missed =
        new MissedFailures(question, observed.detections(), verdicts)
            .explain(judge.missed(verdicts), run);
    return new Answer(
        question.protocol(),
        question.bootstrap(),
        sections.all(),
        split(sections),
        observed.detections(),
        judged(verdicts, sections, observed.detections()),
        missed,
        new Baselines(
            naive(),
            new ThresholdBaseline(
                    question.protocol(), question.history(), question.bootstrap(), question.split())
                .of(readings),
            random(verdicts)),
        observed.cost(),
        List.of(),
        Optional.empty());
  }

  private Optional<Split> split(Sections sections) {
    return question
        .split()
        .map(split -> new Split(sections.of(split.train()), sections.of(split.test())));
  }

  static List<Verdict> verdicts(AlarmJudge judge, Sections sections, List<Detection> detections) {
    return judge.judge(detections.stream().filter(sections::isAlarm).map(Sections::event).toList());
  }

  private static List<JudgedAlarm> judged(
      List<Verdict> verdicts, Sections sections, List<Detection> detections) {
    Map<ComponentEvent, List<Detection>> reported = new HashMap<>();
    for (Detection detection : detections) {
      if (sections.isAlarm(detection)) {
        reported.computeIfAbsent(Sections.event(detection), e -> new ArrayList<>(1)).add(detection);
      }
    }
    return verdicts.stream()
        .map(
            verdict -> {
              List<Detection> by = reported.getOrDefault(verdict.alarm(), List.of());
              return new JudgedAlarm(
                  verdict,
                  by.stream().map(Detection::pattern).toList(),
                  by.stream().map(Detection::id).toList());
            })
        .toList();
  }

  private Optional<BySection<Measures>> naive() {
    if (question.naive().isEmpty()) {
      return Optional.empty();
    }
    JudgedHistory history = question.history();
    return Optional.of(
        new BySection<>(
            naive(history),
            question.split().map(s -> naive(history.only(s.train()))).orElse(null),
            question.split().map(s -> naive(history.only(s.test()))).orElse(null)));
  }

  private Measures naive(JudgedHistory history) {
    AlarmJudge judge = new AlarmJudge(question.protocol(), history);
    return Measures.of(
        judge.tallies(judge.judge(question.naive()), null),
        question.protocol(),
        question.bootstrap());
  }

  private BySection<RandomAlarms> random(List<Verdict> verdicts) {
    JudgedHistory history = question.history();
    return new BySection<>(
        random(history, verdicts),
        question.split().map(s -> random(history.only(s.train()), verdicts)).orElse(null),
        question.split().map(s -> random(history.only(s.test()), verdicts)).orElse(null));
  }

  private RandomAlarms random(JudgedHistory history, List<Verdict> verdicts) {
    return RandomBaseline.DEFAULT.expect(
        new AlarmJudge(question.protocol(), history),
        verdicts.stream()
            .filter(verdict -> history.watched().containsKey(verdict.alarm().asset()))
            .toList());
  }
}
