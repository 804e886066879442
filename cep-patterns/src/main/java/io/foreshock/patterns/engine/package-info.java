/**
 * Runs patterns: flink-cep's matcher over one compact state value per asset.
 *
 * <p>Reading order: {@link io.foreshock.patterns.engine.MatchPatternsFunction} (the stream
 * operator), {@code AssetMatcher} (one signal or timer of one asset, bytes in and bytes out),
 * {@code MatchRun} (one pattern's open matches through the NFA), {@code AssetValue} and {@code
 * SectionCodec} (the bytes). This is the only package that touches flink-cep's matcher.
 */
package io.foreshock.patterns.engine;
