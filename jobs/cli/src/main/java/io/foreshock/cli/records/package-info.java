/** Recorded messages in a file, and the job's pipeline on them. */
package io.foreshock.cli.records;
