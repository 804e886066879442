/** Transactions that were left open. */
package io.foreshock.cli.transactions;
