package io.foreshock.backtest.data.cmapss;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.cmapss.CmapssData.Engine;
import io.foreshock.model.Measurement;
import io.foreshock.model.RemainingLife;
import io.foreshock.operators.detect.DegradationDetector;
import io.foreshock.operators.detect.DetectorSpec;
import java.util.List;
import java.util.Locale;

/**
 * Error of the remaining life that is forecast after the last cycle of each test engine: root mean
 * square, and the asymmetric score of the PHM 2008 challenge (Saxena, Goebel, Simon and Eklund, PHM
 * 2008), in which a forecast that is late by d cycles costs {@code exp(d / 10) - 1} and one that is
 * early {@code exp(d / 13) - 1}.
 *
 * @param engines judged
 * @param rmse cycles
 * @param score of the challenge; smaller is better
 * @param meanError cycles; positive when forecasts are too long
 * @param rmseCapped the same as {@code rmse} with the truth cut at {@value #CAP} cycles, as most
 *     publications do in training and some in testing
 * @param covered share of engines whose true remaining life lies within the forecast tenths; a
 *     forecast at its longest says "at least"
 */
record RemainingLifeErrors(
    int engines, double rmse, double score, double meanError, double rmseCapped, double covered) {
  static final int CAP = 125;
  private static final double EARLY = 13;
  private static final double LATE = 10;

  /**
   * A result on the same test engines, of a method that was trained on the same training engines.
   */
  private record Published(String method, double rmse, double score, String source) {}

  private static final List<Published> PUBLISHED =
      List.of(
          new Published("MLP", 37.56, 18_000, "Sateesh Babu, Zhao and Li, DASFAA 2016"),
          new Published("RVR", 23.80, 1_500, "Sateesh Babu, Zhao and Li, DASFAA 2016"),
          new Published("SVR", 20.96, 1_380, "Sateesh Babu, Zhao and Li, DASFAA 2016"),
          new Published("CNN", 18.45, 1_290, "Sateesh Babu, Zhao and Li, DASFAA 2016"),
          new Published("LSTM", 16.14, 338, "Zheng, Ristovski, Farahat and Gupta, ICPHM 2017"),
          new Published("MS-DCNN", 11.44, 196, "Li, Zhao, Zhang and Zio, Appl. Soft Comput. 2020"));

  /** Runs the detector itself: a pattern speaks once, the error is asked at the end. */
  static RemainingLifeErrors of(List<Engine> engines, DetectorSpec.Degradation spec) {
    double squares = 0;
    double capped = 0;
    double score = 0;
    double sum = 0;
    int covered = 0;
    for (Engine engine : engines) {
      RemainingLife forecast = forecast(engine, spec);
      double away = forecast.hours() - engine.after();
      squares += away * away;
      sum += away;
      score += Math.exp(away < 0 ? -away / EARLY : away / LATE) - 1;
      double awayCapped = forecast.hours() - Math.min(CAP, engine.after());
      capped += awayCapped * awayCapped;
      double longest = spec.growth().longest().toMillis() / (double) CmapssData.CYCLE_MILLIS;
      boolean within =
          engine.after() >= forecast.lowHours() && engine.after() <= forecast.highHours();
      covered += within || forecast.highHours() == longest && engine.after() > longest ? 1 : 0;
    }
    int count = engines.size();
    return new RemainingLifeErrors(
        count,
        Math.sqrt(squares / count),
        score,
        sum / count,
        Math.sqrt(capped / count),
        covered / (double) count);
  }

  private static RemainingLife forecast(Engine engine, DetectorSpec.Degradation spec) {
    DegradationDetector detector = new DegradationDetector(spec);
    List<String> channels = spec.channels();
    for (int cycle = 0; cycle < engine.flights().size(); cycle++) {
      for (Measurement reading : engine.readings(cycle)) {
        int channel = channels.indexOf(reading.channel());
        if (channel >= 0) {
          detector.onReading(channel, reading.eventTimeMillis(), reading.value());
        }
      }
    }
    return detector.remainingLife();
  }

  void putTo(ObjectNode node) {
    node.put("engines", engines);
    node.put("rmse", rounded(rmse));
    node.put("score", rounded(score));
    node.put("meanError", rounded(meanError));
    node.put("rmseCapped" + CAP, rounded(rmseCapped));
    node.put("covered80", rounded(covered));
    ArrayNode published = node.putArray("published");
    for (Published other : PUBLISHED) {
      ObjectNode of = published.addObject();
      of.put("method", other.method());
      of.put("rmse", other.rmse());
      of.put("score", other.score());
      of.put("source", other.source());
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "  remaining life   of %d test engines after their last cycle: RMSE %.2f cycles, score %.0f,"
                + " mean error %+.1f, %.0f %% within the 80 %% interval%n",
            engines,
            rmse,
            score,
            meanError,
            100 * covered));
    text.append(
        String.format(
            Locale.ROOT,
            "                   RMSE %.2f with the truth cut at %d%n",
            rmseCapped,
            CAP));
    for (Published other : PUBLISHED) {
      text.append(
          String.format(
              Locale.ROOT,
              "    published      %-8s RMSE %5.2f  score %6.0f  %s%n",
              other.method(),
              other.rmse(),
              other.score(),
              other.source()));
    }
    return text.toString();
  }
}
