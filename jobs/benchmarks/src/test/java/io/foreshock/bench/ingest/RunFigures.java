package io.foreshock.bench.ingest;

/**
 * What one run of a job showed.
 *
 * @param output what it wrote
 * @param jobCpuMicros processor time of the job's process per message, start and end included
 * @param brokerCpuMicros processor time of the broker per message
 * @param stateBytes size of a canonical savepoint after all messages; 0 when none was taken
 */
record RunFigures(RunOutput output, double jobCpuMicros, double brokerCpuMicros, long stateBytes) {}
