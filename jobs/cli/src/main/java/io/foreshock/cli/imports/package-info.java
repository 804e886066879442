/**
 * {@code foreshock import}: recordings as the messages that their devices would have sent, and what
 * the pipeline makes of them.
 */
package io.foreshock.cli.imports;
