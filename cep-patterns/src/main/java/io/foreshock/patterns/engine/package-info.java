/**
 * Runs patterns: flink-cep's compiled graph over one compact state value per asset.
 *
 * <p>Reading order: {@link io.foreshock.patterns.engine.MatchPatternsOperator} and {@link
 * io.foreshock.patterns.engine.MatchPatternsFunction} (the stream operator), {@code AssetValues}
 * (memory and state), {@code AssetMatcher} (one signal or timer of one asset, bytes in and bytes
 * out), {@code MatchRun} (one pattern's open matches: decode, run, encode), {@code Decisions} and
 * {@code Matcher} (what a signal does), {@code OpenMatches} (what is open, decoded), {@code
 * AssetValue} and {@code SectionCodec} (the bytes). This is the only package that touches
 * flink-cep's compiler.
 */
package io.foreshock.patterns.engine;
