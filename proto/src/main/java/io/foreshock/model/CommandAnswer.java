package io.foreshock.model;

/**
 * What became of a command.
 *
 * @param tenant tenant of the topic of commands
 * @param commandId id of the command; empty when it could not be read
 * @param accepted whether it was done
 * @param reason why it was refused; empty when it was not
 * @param answeredAtMillis when it was answered, by the job's clock
 * @param alertsChanged alerts that changed by it
 * @param partition partition that held it
 * @param offset offset in the partition
 */
public record CommandAnswer(
    String tenant,
    String commandId,
    boolean accepted,
    String reason,
    long answeredAtMillis,
    int alertsChanged,
    int partition,
    long offset) {}
