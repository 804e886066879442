package io.foreshock.operators.features.definition;

import java.io.Serializable;
import java.time.Duration;

/**
 * One value of a row: one aggregate over one window.
 *
 * <p>Every value is a double; NaN stands for an absent one.
 *
 * @param name in snake case, unique in its set, e.g. {@code vibration_mean_1h}: feature, aggregate,
 *     window
 * @param feature name of the feature that it belongs to
 * @param group what features belong together for people and models; empty for none
 * @param unit unit of the value; empty for a pure number
 * @param description one sentence, aggregate and window included
 * @param source where values come from
 * @param aggregate what is computed
 * @param window how far back the window reaches; zero for what has none
 */
public record FeatureColumn(
    String name,
    String feature,
    String group,
    String unit,
    String description,
    FeatureSource source,
    Aggregate aggregate,
    Duration window)
    implements Serializable {}
