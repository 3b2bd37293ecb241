import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.*;
import java.util.function.Predicate;

/** Holds the enforcement point to the vectors: java Vectors VECTORS.json prints one line of JSON for each. */
final class Vectors {
  public static void main(String[] files) throws Exception {
    for (Object each : (List<?>) new RouteGuard.Json(Files.readString(Path.of(files[0]))).value) {
      Map<?, ?> vector = (Map<?, ?>) each;
      RouteGuard.Result result = judged(vector);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", vector.get("name"));
      line.put("send", result.send() && result.current().getAsBoolean());
      line.put("kind", result.send() ? "permit" : result.decided() ? "deny" : "unavailable");
      line.put("cause", result.cause());
      line.put("retry", result.retry());
      System.out.println(RouteGuard.Json.text(line));
    }
    System.exit(0);
  }

  private static RouteGuard.Result judged(Map<?, ?> vector) {
    Map<?, ?> client = (Map<?, ?>) vector.get("client");
    Map<?, ?> timing = (Map<?, ?>) vector.get("timing");
    Map<?, ?> reply = (Map<?, ?>) vector.get("reply");
    long[] clock = {at(timing.get("sentAt")), 0};
    ArrayDeque<Object> primed = new ArrayDeque<>((List<?>) client.get("alreadySeen"));
    RouteGuard.Transport transport = (sent, most) -> {
      if (!primed.isEmpty()) {
        Map<String, Object> permit = new LinkedHashMap<>();
        ((Map<?, ?>) vector.get("earlier")).forEach((name, value) -> permit.put((String) name, value));
        permit.put("evaluationId", primed.pop());
        return new RouteGuard.Reply(200, bound(RouteGuard.Json.text(permit), sent), false, null);
      }
      clock[0] = at(timing.get("receivedAt"));
      clock[1] = ((Number) timing.get("elapsedMs")).longValue();
      if (reply.get("failure") != null) return new RouteGuard.Reply(0, "", false, (String) reply.get("failure"));
      return new RouteGuard.Reply(((Number) reply.get("status")).intValue(), bound((String) reply.get("text"), sent), reply.get("functionError") != null, null);
    };
    Map<String, Predicate<Map<String, Object>>> hows = Map.of(
        "done", obligation -> {
          if (timing.get("obligationsDoneAt") != null) clock[0] = at(timing.get("obligationsDoneAt"));
          return true;
        },
        "fails", obligation -> false,
        "says-nothing", obligation -> false,
        "throws", obligation -> { throw new IllegalStateException("a broken handler"); },
        "never-ends", obligation -> { for (;;) pause(); });
    Map<String, Predicate<Map<String, Object>>> handlers = new HashMap<>();
    ((Map<?, ?>) client.get("performs")).forEach((type, how) -> handlers.put((String) type, hows.get(how)));
    Object lease = client.get("maxLeaseSeconds");
    RouteGuard guard = new RouteGuard(transport, handlers, ((Number) client.get("skewMs")).longValue(),
        lease == null ? 30_000 : ((Number) lease).longValue() * 1_000, () -> clock[0], () -> clock[1], new LinkedHashSet<>());
    Map<String, Object> message = new LinkedHashMap<>(Map.of("id", "m-1", "marking", "SECRET//NOFORN"));
    Map<String, Object> request = Map.of("message", message, "path", Map.of("route", "sms-gb-primary"));
    for (int n = primed.size(); n > 0; n--) guard.decide(request);
    if (vector.get("asks") instanceof Map<?, ?> asks) message.put("digest", asks.get("messageDigest"));
    return guard.decide(request);
  }

  private static void pause() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  private static long at(Object instant) {
    return Instant.parse((String) instant).toEpochMilli();
  }

  private static String bound(String text, String sent) {
    try {
      Map<?, ?> question = (Map<?, ?>) new RouteGuard.Json(sent).value;
      Object digest = ((Map<?, ?>) question.get("message")).get("digest");
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(sent.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return text.replace("{{nonce}}", (String) question.get("nonce")).replace("{{digest}}", "sha256:" + HexFormat.of().formatHex(sum))
          .replace("{{message}}", digest == null ? "{{message}}" : (String) digest);
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
