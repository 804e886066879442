package io.foreshock.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;

/**
 * Runs a script of {@code tenants acls}: a real shell reads it, and Kafka's own command takes what
 * the shell calls {@code kafka-acls.sh} with, in this process, because each call would cost a Java
 * process of its own.
 */
final class KafkaAclsScript {
  private KafkaAclsScript() {}

  static void run(Path script, String servers, Path commandConfig) throws Exception {
    Path folder = Files.createDirectories(script.resolveSibling("bin"));
    Path calls = folder.resolve("calls");
    Path command = folder.resolve("kafka-acls.sh");
    Files.writeString(
        command,
        "#!/bin/sh\nfor word in \"$@\"; do printf '%s\\n' \"$word\"; done >> "
            + calls
            + "\necho --end >> "
            + calls
            + "\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", script.toString()).inheritIO();
    shell.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    shell.environment().put("BOOTSTRAP_SERVERS", servers);
    shell.environment().put("COMMAND_CONFIG", commandConfig.toString());
    assertThat(shell.start().waitFor()).as("exit code of " + script).isZero();

    Exit.setExitProcedure(
        (code, message) -> {
          throw new AssertionError("kafka-acls.sh ended with exit code " + code + ": " + message);
        });
    try {
      for (String call : Files.readString(calls).split("--end\n")) {
        List<String> words = Arrays.asList(call.split("\n"));
        AclCommand.main(words.toArray(new String[0]));
      }
    } finally {
      Exit.resetExitProcedure();
    }
  }
}
