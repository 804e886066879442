package io.foreshock.notifier.channel;

import io.foreshock.model.Detection.Severity;
import io.foreshock.runtime.kafka.security.SecretReference;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Mail over SMTP. A page's {@code Message-ID} is made of its id, so that mailboxes can tell a
 * repeat, and all pages about one alert answer the same (never sent) message, so that mail programs
 * show them as one thread.
 *
 * <p>A server that refuses for good (5xx) gets no second attempt, one that asks for patience (4xx)
 * does. When it takes some addresses and refuses others, the page is refused with their names; when
 * it puts others off, it is tried again for those only. Those who have it do not get it again,
 * unless the notifier restarts in between.
 */
public final class MailChannel implements Channel {
  /** Pages that some addresses have and others not yet; beyond these the eldest is forgotten. */
  private static final int MOST_PARTLY = 1_000;

  private final Map<String, Rest> partly = new LinkedHashMap<>();
  private final Mailbox mailbox;
  private final Link link;

  /**
   * Where mail goes and as whom.
   *
   * @param properties of Jakarta Mail: host, port, TLS, time limits
   * @param user empty: no login
   * @param password null: no login
   * @param from sender; its domain is part of each Message-ID
   * @param to addresses for pages that name none; may be empty when every page does
   */
  public record Mailbox(
      Properties properties,
      String user,
      Secret password,
      InternetAddress from,
      List<InternetAddress> to) {

    private String domain() {
      String address = from.getAddress();
      return address.substring(address.indexOf('@') + 1);
    }
  }

  /**
   * What is left of a page that some have.
   *
   * @param open who has yet to get it
   * @param refused who never will, in words; empty for nobody
   */
  private record Rest(List<Address> open, String refused) {}

  public MailChannel(Mailbox mailbox, Link link) {
    this.mailbox = mailbox;
    this.link = link;
  }

  @Override
  public Outcome deliver(Page page) {
    Rest rest = rest(page.id());
    Session session = Session.getInstance(mailbox.properties());
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage message = message(page, session);
      if (message.getAllRecipients() == null) {
        return Outcome.refused("the page names no address, and the channel has none of its own");
      }
      if (mailbox.password() == null) {
        transport.connect();
      } else {
        transport.connect(mailbox.user(), mailbox.password().read());
      }
      transport.sendMessage(
          message, rest == null ? message.getAllRecipients() : rest.open().toArray(Address[]::new));
      forget(page.id());
      return rest == null || rest.refused().isEmpty()
          ? Outcome.delivered()
          : Outcome.refused("sent to others, but not to " + rest.refused());
    } catch (SecretReference.Missing e) {
      return Outcome.tryAgain(e.getMessage());
    } catch (AuthenticationFailedException e) {
      return Outcome.tryAgain("the mail server does not take user and password");
    } catch (AddressException e) {
      return Outcome.refused("\"" + e.getRef() + "\" is no mail address");
    } catch (SendFailedException e) {
      return judge(page.id(), rest, e);
    } catch (MessagingException e) {
      return Outcome.tryAgain(say(e));
    }
  }

  MimeMessage message(Page page, Session session) throws MessagingException {
    String domain = mailbox.domain();
    String thread = "<" + safe(page.dedupKey()) + ".alert@" + domain + ">";
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + safe(page.id()) + ".page@" + domain + ">");
          }
        };
    message.setFrom(mailbox.from());
    message.setRecipients(Message.RecipientType.TO, addresses(page));
    message.setSubject(subject(page), StandardCharsets.UTF_8.name());
    message.setText(body(page), StandardCharsets.UTF_8.name());
    message.setSentDate(new Date(page.createdMillis()));
    message.setHeader("In-Reply-To", thread);
    message.setHeader("References", thread);
    message.setHeader("Auto-Submitted", "auto-generated");
    if (page.kind() == Page.Kind.PAGE && page.severity() == Severity.CRITICAL) {
      message.setHeader("Importance", "high");
    }
    message.saveChanges();
    return message;
  }

  /** Those that the page names, or the channel's own. */
  private Address[] addresses(Page page) throws MessagingException {
    if (page.addresses().isEmpty()) {
      return mailbox.to().toArray(Address[]::new);
    }
    List<Address> addresses = new ArrayList<>();
    for (String address : page.addresses()) {
      addresses.add(new InternetAddress(address, true));
    }
    return addresses.toArray(Address[]::new);
  }

  private static String subject(Page page) {
    // A line end in a subject would begin a header of its own.
    return ("[" + page.tenant() + "] " + page.headline()).replaceAll("\\p{Cntrl}+", " ");
  }

  private String body(Page page) {
    StringBuilder body = new StringBuilder();
    body.append(page.headline()).append("\n\n");
    line(body, "Asset", page.subject().assetId());
    line(body, "Component", page.subject().component());
    line(body, "Failure mode", page.subject().failureMode());
    line(body, "Severity", PageJson.word(page.severity()));
    line(body, "Site", page.subject().site());
    line(body, "Seen", PageJson.time(page.seenMillis()));
    line(body, "Decided", PageJson.time(page.createdMillis()));
    line(body, "Alert", page.subject().alertId());
    line(body, "More", link.of(page));
    if (!page.text().isEmpty()) {
      body.append('\n');
      page.text().forEach(text -> body.append(text).append('\n'));
    }
    return body.toString();
  }

  private static void line(StringBuilder body, String name, String value) {
    if (value != null && !value.isEmpty()) {
      body.append("%-13s %s%n".formatted(name, value));
    }
  }

  /** Ids are hexadecimal digits or like them; what may not stand in a Message-ID is replaced. */
  private static String safe(String id) {
    return id.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  private synchronized Rest rest(String id) {
    return partly.get(id);
  }

  private synchronized void forget(String id) {
    partly.remove(id);
  }

  private synchronized void keep(String id, Rest rest) {
    partly.put(id, rest);
    if (partly.size() > MOST_PARTLY) {
      partly.remove(partly.keySet().iterator().next());
    }
  }

  private Outcome judge(String id, Rest rest, SendFailedException failure) {
    List<Address> sent = list(failure.getValidSentAddresses());
    List<Address> open = list(failure.getValidUnsentAddresses());
    String refused = names(list(failure.getInvalidAddresses()));
    if (rest != null && !rest.refused().isEmpty()) {
      refused = refused.isEmpty() ? rest.refused() : rest.refused() + ", " + refused;
    }
    if (!sent.isEmpty() && !open.isEmpty()) {
      keep(id, new Rest(open, refused));
      return Outcome.tryAgain(
          "sent to "
              + names(sent)
              + "; the server puts off "
              + names(open)
              + (refused.isEmpty() ? "" : " and refuses " + refused));
    }
    if (!sent.isEmpty()) {
      forget(id);
      return Outcome.refused("sent to " + names(sent) + ", but not to " + refused);
    }
    int code = code(failure);
    String said = say(failure);
    if (code < 500 || code >= 600) {
      return Outcome.tryAgain(said);
    }
    forget(id);
    return Outcome.refused(
        rest == null ? said : "sent to others, but not to " + names(rest.open()) + ": " + said);
  }

  /** The server's answer; 0 when it gave none. */
  private static int code(MessagingException failure) {
    int code = 0;
    for (Exception e = failure; e != null; e = next(e)) {
      if (e instanceof SMTPAddressFailedException address) {
        code = address.getReturnCode();
      } else if (code == 0 && e instanceof SMTPSendFailedException send) {
        code = send.getReturnCode();
      }
    }
    return code;
  }

  private static Exception next(Exception failure) {
    return failure instanceof MessagingException m ? m.getNextException() : null;
  }

  private static String say(MessagingException failure) {
    Exception last = failure;
    while (next(last) != null) {
      last = next(last);
    }
    return String.valueOf(last.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
  }

  private static List<Address> list(Address[] addresses) {
    return addresses == null ? List.of() : List.of(addresses);
  }

  private static String names(List<Address> addresses) {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
  }
}
