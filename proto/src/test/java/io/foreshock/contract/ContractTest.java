package io.foreshock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.foreshock.proto.alert.v1.AlertOuterClass;
import io.foreshock.proto.command.v1.CommandAnswerOuterClass;
import io.foreshock.proto.command.v1.CommandOuterClass;
import io.foreshock.proto.deadletter.v1.DeadLetterOuterClass;
import io.foreshock.proto.detection.v1.DetectionOuterClass;
import io.foreshock.proto.nearmiss.v1.NearMiss;
import io.foreshock.proto.notification.v1.NotificationOuterClass;
import io.foreshock.proto.pattern.v1.PatternDocument;
import io.foreshock.proto.pattern.v1.PatternTrace;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@code .proto} file promises to its readers. */
class ContractTest {
  private static final Path SOURCES = Path.of("src/main/protobuf");
  private static final Pattern DECLARATION =
      Pattern.compile(
          "^(message|enum|oneof) \\w+ \\{|^((optional|repeated) )?[\\w.<>, ]+ \\w+ = \\d+( \\[.*)?;?|^[A-Z][A-Z0-9_]+ = \\d+;");

  @Test
  void explainsEveryMessageFieldAndNumber() throws IOException {
    List<String> silent = new ArrayList<>();
    int declarations = 0;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".proto")).toList()) {
        String before = "";
        int line = 0;
        for (String text : Files.readAllLines(file)) {
          line++;
          String statement = text.trim();
          if (DECLARATION.matcher(statement).find() && !statement.startsWith("option ")) {
            declarations++;
            if (!before.startsWith("//") || before.length() < 10) {
              silent.add(file.getFileName() + ":" + line + " " + statement);
            }
          }
          before = statement;
        }
      }
    }
    assertThat(declarations).isGreaterThan(100);
    assertThat(silent).as("declarations without a comment on the line before").isEmpty();
  }

  @Test
  void statesOnlyRulesThatCompile() {
    Validator validator = ValidatorFactory.newBuilder().build();
    for (Descriptor message : allMessages()) {
      assertThatCode(() -> validator.validate(DynamicMessage.getDefaultInstance(message)))
          .as(message.getFullName())
          .doesNotThrowAnyException();
    }
  }

  private static List<Descriptor> allMessages() {
    List<Descriptor> messages = new ArrayList<>();
    for (FileDescriptor file :
        List.of(
            TelemetryMessage.getDescriptor().getFile(),
            DeadLetterOuterClass.getDescriptor(),
            DetectionOuterClass.getDescriptor(),
            CommandOuterClass.getDescriptor(),
            CommandAnswerOuterClass.getDescriptor(),
            AlertOuterClass.getDescriptor(),
            NotificationOuterClass.getDescriptor(),
            NearMiss.getDescriptor().getFile(),
            PatternTrace.getDescriptor().getFile(),
            PatternDocument.getDescriptor().getFile())) {
      messages.addAll(file.getMessageTypes());
    }
    assertThat(messages).hasSizeGreaterThan(12);
    return messages;
  }
}
