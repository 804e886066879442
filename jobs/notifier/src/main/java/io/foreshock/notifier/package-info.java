/** The notifier: pages on Kafka to the systems where people see them. */
package io.foreshock.notifier;
