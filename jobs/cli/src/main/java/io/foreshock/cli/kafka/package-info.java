/** What every command that talks to Kafka shares. */
package io.foreshock.cli.kafka;
