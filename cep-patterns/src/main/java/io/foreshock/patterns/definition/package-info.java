/**
 * What a pattern document says, as immutable data: parsed and checked, not yet compiled. Travels
 * from the client to the tasks.
 */
package io.foreshock.patterns.definition;
