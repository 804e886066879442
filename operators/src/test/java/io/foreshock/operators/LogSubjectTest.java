package io.foreshock.operators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogSubjectTest {

  @Test
  void keyOfAnAssetNamesTenantAndAssetUntilClosed() {
    try (LogSubject subject = LogSubject.ofKey("acme/line-1/pump-7")) {
      assertThat(subject.name()).isEqualTo("acme/line-1/pump-7");
      assertThat(MDC.get("tenant")).isEqualTo("acme");
      assertThat(MDC.get("asset")).isEqualTo("line-1/pump-7");
    }
    assertThat(MDC.get("tenant")).isNull();
    assertThat(MDC.get("asset")).isNull();
  }

  @Test
  void keyThatIsNoAssetIsTakenForATenant() {
    try (LogSubject subject = LogSubject.ofKey("acme")) {
      assertThat(subject.name()).isEqualTo("acme");
      assertThat(MDC.get("tenant")).isEqualTo("acme");
      assertThat(MDC.get("asset")).isNull();
    }
  }
}
