package io.foreshock.patterns.definition;

import io.foreshock.operators.detect.AssetScope;
import io.foreshock.patterns.CompiledPattern.DetectionTemplate;
import io.foreshock.patterns.CompiledPattern.OnChange;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One pattern document.
 *
 * @param name kebab case
 * @param version from 1; a document of the same name and version never changes its content
 * @param description what a plant engineer sees, one or two sentences; empty when not given
 * @param source standard, paper or data sheet that the limits come from; empty when not given
 * @param scope assets it applies to
 * @param symptoms what the pattern's symptoms mean, by name, in the order of the document
 * @param sequence stages and groups in order; the first is a start stage
 * @param within event time from the first signal of a match to the last; compared with {@code >=}:
 *     a match that takes exactly this long has timed out
 * @param afterMatch where the search goes on after a match
 * @param openMatches how many matches may be half finished
 * @param onChange what happens to half-finished matches of another version
 * @param detection what a match means
 */
public record PatternDefinition(
    String name,
    int version,
    String description,
    String source,
    AssetScope scope,
    List<SymptomDefinition> symptoms,
    List<SequenceElement> sequence,
    Duration within,
    AfterMatch afterMatch,
    OpenMatches openMatches,
    OnChange onChange,
    DetectionTemplate detection)
    implements Serializable {

  public PatternDefinition {
    symptoms = List.copyOf(symptoms);
    sequence = List.copyOf(sequence);
  }

  /**
   * The same pattern for one tenant only, whatever {@code appliesTo} says: a tenant's own document
   * must not reach the assets of others.
   */
  public PatternDefinition forTenantOnly(String tenant) {
    return new PatternDefinition(
        name,
        version,
        description,
        source,
        new AssetScope(Set.of(tenant), scope.assetClasses()),
        symptoms,
        sequence,
        within,
        afterMatch,
        openMatches,
        onChange,
        detection);
  }
}
