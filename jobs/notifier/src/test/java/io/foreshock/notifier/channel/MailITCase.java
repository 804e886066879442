package io.foreshock.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.Pages;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real SMTP server. */
class MailITCase {
  private GreenMail server;

  @BeforeEach
  void start() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private MailChannel channel(int port) throws MessagingException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", String.valueOf(port));
    properties.put("mail.smtp.connectiontimeout", "500");
    properties.put("mail.smtp.timeout", "500");
    properties.put("mail.smtp.sendpartial", "true");
    return new MailChannel(
        new MailChannel.Mailbox(
            properties,
            "",
            null,
            new InternetAddress("foreshock@plant.example"),
            List.of(new InternetAddress("night@plant.example"))),
        new Link(""));
  }

  @Test
  void aRepeatHasTheSameMessageIdAndAllPagesAreOneThread() throws MessagingException, IOException {
    MailChannel channel = channel(server.getSmtp().getPort());
    Page page = Pages.of(Page.Kind.PAGE, Severity.CRITICAL);
    assertThat(channel.deliver(page)).isInstanceOf(Outcome.Delivered.class);
    assertThat(channel.deliver(page)).isInstanceOf(Outcome.Delivered.class);
    assertThat(channel.deliver(Pages.of(Page.Kind.RESOLVED, Severity.CRITICAL)))
        .isInstanceOf(Outcome.Delivered.class);

    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(3);
    assertThat(mails[0].getMessageID())
        .isEqualTo("<" + page.id() + ".page@plant.example>")
        .isEqualTo(mails[1].getMessageID())
        .isNotEqualTo(mails[2].getMessageID());
    assertThat(mails[0].getHeader("References"))
        .containsExactly("<acme-pump-1-bearing-wear-1.alert@plant.example>")
        .isEqualTo(mails[2].getHeader("References"))
        .isEqualTo(mails[2].getHeader("In-Reply-To"));
    assertThat(mails[0].getSubject()).isEqualTo("[acme] pump-1: bearing wear");
    assertThat(mails[0].getContent().toString())
        .contains("Component     bearing")
        .contains("shaking 4.8 mm/s > 4.5");
    assertThat(mails[0].getAllRecipients())
        .containsExactly(new InternetAddress("night@plant.example"));
  }

  @Test
  void sendsToTheAddressesThatThePageNames() throws MessagingException {
    Page page = Pages.of(Page.Kind.PAGE, Severity.WARNING);
    channel(server.getSmtp().getPort())
        .deliver(page.to(List.of("pumps@plant.example", "boss@plant.example")));
    assertThat(server.getReceivedMessages()).as("one for each mailbox").hasSize(2);
    assertThat(server.getReceivedMessages()[0].getAllRecipients()).hasSize(2);
    assertThat(channel(server.getSmtp().getPort()).deliver(page.to(List.of("no address"))))
        .isEqualTo(Outcome.refused("\"no address\" is no mail address"));
  }

  @Test
  void aTitleCannotAddHeaders() throws MessagingException {
    Page page = Pages.of(Page.Kind.PAGE, Severity.WARNING);
    Page evil =
        new Page(
            page.id(),
            page.dedupKey(),
            page.kind(),
            page.subject(),
            page.severity(),
            List.of(),
            List.of(),
            page.createdMillis(),
            page.seenMillis(),
            "x\r\nBcc: spy@evil.example",
            List.of(),
            page.late());
    channel(server.getSmtp().getPort()).deliver(evil);
    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(1);
    assertThat(mails[0].getHeader("Bcc")).isNull();
    assertThat(mails[0].getSubject()).isEqualTo("[acme] x Bcc: spy@evil.example");
  }

  @Test
  void thosePutOffGetItLaterAndTheOthersNotAgain() throws Exception {
    Page page =
        Pages.of(Page.Kind.PAGE, Severity.WARNING)
            .to(List.of("a@plant.example", "busy@plant.example", "gone@plant.example"));
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread smtp = new Thread(() -> serve(socket, asked));
      smtp.setDaemon(true);
      smtp.start();
      MailChannel channel = channel(socket.getLocalPort());

      Outcome first = channel.deliver(page);
      Outcome second = channel.deliver(page);

      assertThat(first)
          .isEqualTo(
              Outcome.tryAgain(
                  "sent to a@plant.example; the server puts off busy@plant.example"
                      + " and refuses gone@plant.example"));
      assertThat(second)
          .isEqualTo(Outcome.refused("sent to others, but not to gone@plant.example"));
      assertThat(asked)
          .containsExactly(
              "a@plant.example", "busy@plant.example", "gone@plant.example", "busy@plant.example");
    }
  }

  /** Two conversations: busy is put off in the first, gone is refused. */
  private static void serve(ServerSocket socket, List<String> asked) {
    for (int i = 0; i < 2; i++) {
      try (Socket client = socket.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
          OutputStream out = client.getOutputStream()) {
        out.write("220 test\r\n".getBytes(StandardCharsets.US_ASCII));
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String reply = "250 fine";
          if (data) {
            if (!line.equals(".")) {
              continue;
            }
            data = false;
          } else if (line.startsWith("RCPT TO:")) {
            String address = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            asked.add(address);
            if (address.startsWith("busy") && i == 0) {
              reply = "451 later";
            } else if (address.startsWith("gone")) {
              reply = "550 unknown";
            }
          } else if (line.equals("DATA")) {
            data = true;
            reply = "354 go on";
          } else if (line.equals("QUIT")) {
            reply = "221 bye";
          }
          out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException closed) {
        // The channel has gone; the next conversation follows.
        continue;
      }
    }
  }

  @Test
  void triesAgainWhenTheServerStallsOrIsAway() throws MessagingException, IOException {
    Page page = Pages.of(Page.Kind.PAGE, Severity.WARNING);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertThat(channel(silent.getLocalPort()).deliver(page)).isInstanceOf(Outcome.TryAgain.class);
    }
    assertThat(channel(1).deliver(page)).isInstanceOf(Outcome.TryAgain.class);
  }
}
