package io.foreshock.patterns.language;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Names;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.patterns.CompiledPattern.DetectionTemplate;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.definition.AfterMatch;
import io.foreshock.patterns.definition.OpenMatches;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.SequenceElement;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads one document into a definition and checks it. */
final class PatternReader {
  private final Fields document;
  private final Problems problems;
  private final ChannelRegistry channels;
  private final Duration maximumWithin;
  private final boolean sourceRequired;

  PatternReader(
      YamlNode.Mapping document,
      Problems problems,
      ChannelRegistry channels,
      Duration maximumWithin,
      boolean sourceRequired) {
    this.document = new Fields(document, "", problems);
    this.problems = problems;
    this.channels = channels;
    this.maximumWithin = maximumWithin;
    this.sourceRequired = sourceRequired;
  }

  /** The definition, or null when a problem was reported. */
  PatternDefinition read() {
    int before = problems.count();
    String name = required("pattern", "Give the pattern a name, e.g. \"pattern: bearing-wear\".");
    if (!name.isEmpty()) {
      Names.kebab(document, "pattern", name);
    }
    int version = version();
    String description = document.text("description", "");
    String source = source();
    AssetScope scope = scope();
    List<SymptomDefinition> symptoms = symptoms();
    SequenceReader reader = new SequenceReader(problems);
    int beforeSequence = problems.count();
    List<SequenceElement> sequence = sequence(reader);
    boolean sequenceRead = problems.count() == beforeSequence;
    Duration within = within();
    MatchReader match = new MatchReader(document);
    AfterMatch afterMatch = match.afterMatch();
    OpenMatches openMatches = match.openMatches();
    OnChange onChange = document.word("onChange", OnChange.DRAIN, OnChange.values(), Fields::kebab);
    DetectionTemplate detection = match.detection();
    document.noOthers();
    new SequenceChecker(reader).check(document, sequence, afterMatch);
    if (symptoms != null) {
      new ConditionChecker(reader, channels, symptoms)
          .check(sequence, sequenceRead ? document.mapping("symptoms") : null);
    }
    if (problems.count() > before) {
      return null;
    }
    return new PatternDefinition(
        name,
        version,
        description,
        source,
        scope,
        symptoms,
        sequence,
        within,
        afterMatch,
        openMatches,
        onChange,
        detection);
  }

  private String required(String key, String wayOut) {
    if (!document.has(key)) {
      document.missing(key, wayOut);
    }
    return document.text(key, "");
  }

  private int version() {
    if (!document.has("version")) {
      document.missing("version", "Begin with \"version: 1\" and count up with every change.");
    }
    Integer version = document.whole("version", 1, Integer.MAX_VALUE);
    return version == null ? 1 : version;
  }

  private String source() {
    if (sourceRequired && !document.has("source")) {
      document.missing(
          "source", "Name the standard, paper or data sheet that the limits come from.");
    }
    return document.text("source", "");
  }

  private AssetScope scope() {
    if (!document.has("appliesTo")) {
      return AssetScope.EVERY_ASSET;
    }
    Fields appliesTo = document.mapping("appliesTo");
    if (appliesTo == null) {
      return AssetScope.EVERY_ASSET;
    }
    List<String> tenants = appliesTo.texts("tenant");
    List<String> classes = appliesTo.texts("assetClass");
    appliesTo.noOthers();
    return new AssetScope(Set.copyOf(tenants), Set.copyOf(classes));
  }

  /** The symptoms, or null when one of them could not be read: conditions are not judged then. */
  private List<SymptomDefinition> symptoms() {
    List<SymptomDefinition> symptoms = new ArrayList<>();
    if (!document.has("symptoms")) {
      return symptoms;
    }
    Fields all = document.mapping("symptoms");
    if (all == null) {
      return null;
    }
    boolean complete = true;
    for (String name : all.keys()) {
      if (!Names.isKebab(name)) {
        Names.kebab(all, name, name);
      }
      Fields fields = all.mapping(name);
      DetectorSpec spec = fields == null ? null : new SymptomReader(fields, channels).read();
      complete &= spec != null;
      if (spec != null) {
        for (SymptomDefinition other : symptoms) {
          if (other.detector().equals(spec)) {
            all.problem(name, "is the same detector as \"" + other.name() + "\". Keep one.");
          }
        }
        symptoms.add(new SymptomDefinition(name, spec));
      }
    }
    return complete ? symptoms : null;
  }

  private List<SequenceElement> sequence(SequenceReader reader) {
    if (!document.has("sequence")) {
      document.missing("sequence", "List the stages, e.g. \"- {stage: hot, when: …}\".");
      return List.of();
    }
    return reader.read(document, "sequence", 1);
  }

  private Duration within() {
    if (!document.has("within")) {
      document.missing(
          "within",
          "Say how long a match may take, at most "
              + Quantities.text(maximumWithin)
              + ", e.g. \"within: 6h\": without it half-finished matches stay for ever.");
    }
    Duration within = document.duration("within");
    if (within != null && within.compareTo(maximumWithin) > 0) {
      document.problem(
          "within",
          "must be at most "
              + Quantities.text(maximumWithin)
              + ", but is "
              + Quantities.text(within)
              + ". Let a detector with a longer memory (drift, trend) watch for slower changes.");
    }
    return within == null ? maximumWithin : within;
  }
}
