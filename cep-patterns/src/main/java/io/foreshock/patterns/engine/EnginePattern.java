package io.foreshock.patterns.engine;

import io.foreshock.patterns.CompiledPattern;

/**
 * A pattern and how the engine keeps it apart from others.
 *
 * @param compiled what matches
 * @param identity open matches belong to it: versions of one pattern share one; a pattern that
 *     begins anew under an old name has another
 * @param label name in metrics
 * @param retired opens no match, and only ends what is open
 */
public record EnginePattern(
    CompiledPattern compiled, String identity, String label, boolean retired) {}
