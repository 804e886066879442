/**
 * {@code foreshock dlq}: dead letters listed, shown, and sent again when their cause is repaired.
 */
package io.foreshock.cli.dlq;
