package io.foreshock.patterns.definition;

import java.io.Serializable;

/** A step of a pattern: a stage, or a group of steps that is repeated or left out as a whole. */
public sealed interface SequenceElement extends Serializable
    permits StageDefinition, GroupDefinition {

  /** How it follows the step before it; of no meaning for the first of a sequence or group. */
  Contiguity contiguity();

  /** How often it comes. */
  Quantifier quantifier();
}
