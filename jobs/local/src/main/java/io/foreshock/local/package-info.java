/**
 * A real Kafka broker and a real Flink cluster on this machine, each in processes of their own,
 * made from Maven artifacts. Nothing has to be installed. Knows no Foreshock job.
 */
package io.foreshock.local;
