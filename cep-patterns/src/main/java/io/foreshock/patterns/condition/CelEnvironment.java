package io.foreshock.patterns.condition;

import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CEL as conditions know it: typed variables, the standard functions, no macros, bounded size. */
final class CelEnvironment {
  /** Longest condition, in characters. */
  static final int MAXIMUM_LENGTH = 2_000;

  private static final String STAGES = "stages.";

  /** What a condition may ask of the last signal that an earlier stage took. */
  static final Map<String, CelType> STAGE_FIELDS = new LinkedHashMap<>();

  static {
    STAGE_FIELDS.put("name", SimpleType.STRING);
    STAGE_FIELDS.put("value", SimpleType.DOUBLE);
    STAGE_FIELDS.put("time", SimpleType.TIMESTAMP);
  }

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAXIMUM_LENGTH)
          .maxParseRecursionDepth(50)
          .maxRegexProgramSize(1_000)
          .evaluateCanonicalTypesToNativeValues(true)
          .build();

  private CelEnvironment() {}

  /** Knows the fields of a signal and those of the signals that these stages took. */
  static CelCompiler compiler(Set<String> stages) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS);
    for (SignalField field : SignalField.values()) {
      builder.addVar(field.variable(), field.celType());
    }
    for (String stage : stages) {
      STAGE_FIELDS.forEach((field, type) -> builder.addVar(stageVariable(stage, field), type));
    }
    return builder.build();
  }

  static CelCompiler compilerWithoutStages() {
    return Holder.COMPILER;
  }

  /** Whether the text of a condition may name a stage. */
  static boolean mentionsStages(String expression) {
    return expression.contains("stages");
  }

  static CelRuntime runtime() {
    return Holder.RUNTIME;
  }

  static String stageVariable(String stage, String field) {
    return STAGES + ConditionScope.celName(stage) + '.' + field;
  }

  static boolean isStageVariable(String variable) {
    return variable.startsWith(STAGES);
  }

  /** All variables, for suggestions. */
  static List<String> variables(ConditionScope scope) {
    List<String> names = new ArrayList<>();
    for (SignalField field : SignalField.values()) {
      names.add(field.variable());
    }
    for (String stage : scope.stages().keySet()) {
      STAGE_FIELDS.keySet().forEach(field -> names.add(stageVariable(stage, field)));
    }
    return names;
  }

  /** Both are safe to share between threads. */
  private static final class Holder {
    static final CelCompiler COMPILER = compiler(Set.of());
    static final CelRuntime RUNTIME =
        CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
  }
}
