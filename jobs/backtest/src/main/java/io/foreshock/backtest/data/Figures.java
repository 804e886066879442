package io.foreshock.backtest.data;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a set's own protocol says of a run.
 *
 * @param json added to the top of the document of {@code --json}, member by member; an unknown
 *     figure is null
 * @param table the same for people, with line ends
 */
public record Figures(ObjectNode json, String table) {}
