/**
 * Rows of a set compared with those of other machines of the same kind and time: a second keyed
 * stage behind the one that computes features of each asset.
 */
package io.foreshock.operators.features.fleet;
