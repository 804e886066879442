/** Where pages go: one class for each protocol, which knows no Kafka and no retry. */
package io.foreshock.notifier.channel;
