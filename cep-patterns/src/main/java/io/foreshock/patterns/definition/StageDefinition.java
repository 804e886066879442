package io.foreshock.patterns.definition;

/**
 * A stage of a pattern.
 *
 * @param name kebab case, unique in the pattern; stored in savepoints
 * @param when condition on a signal, CEL
 * @param contiguity how the signal follows the stage before
 * @param quantifier how many signals the stage takes
 */
public record StageDefinition(
    String name, String when, Contiguity contiguity, Quantifier quantifier)
    implements SequenceElement {}
