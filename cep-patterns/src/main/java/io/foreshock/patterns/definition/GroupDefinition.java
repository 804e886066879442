package io.foreshock.patterns.definition;

import java.util.List;

/**
 * Steps that are repeated or left out together.
 *
 * @param elements at least one
 */
public record GroupDefinition(
    List<SequenceElement> elements, Contiguity contiguity, Quantifier quantifier)
    implements SequenceElement {
  public GroupDefinition {
    elements = List.copyOf(elements);
  }
}
