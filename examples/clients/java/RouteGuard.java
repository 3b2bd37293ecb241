import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.*;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.regex.*;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.*;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.*;

/**
 * An enforcement point in one file: asks before a message is routed, and sends only on a sound permit. Java 17, its standard library, and
 * the AWS SDK for signatures. What it keeps is written down in docs/pep-contract.md.
 */
public record RouteGuard(RouteGuard.Transport transport, Map<String, Predicate<Map<String, Object>>> handlers, long skew, long maxLease,
    LongSupplier wall, LongSupplier steady, Set<String> seen) {
  /** What a transport brings back: `failure` where there was no answer, else a status and the text. */
  public record Reply(int status, String text, boolean functionError, String failure) {}

  /** Carries one request, and brings back the reply to that request and no other. */
  public interface Transport {
    Reply send(String text, Duration most);
  }

  /**
   * `send` is true for a permit whose obligations have been performed; look at `current` just before sending. `decided` is false where nobody
   * decided; with the retry "after" you may ask again, from a budget and after a random wait.
   */
  public record Result(boolean send, boolean decided, String cause, String retry, String evaluationId, List<String> reasons, BooleanSupplier current) {}

  @SuppressWarnings("serial")
  private static final class NotSound extends RuntimeException {
    private final Result result;

    NotSound(String cause, String retry, String id, List<String> reasons) {
      super(cause, null, false, false);
      String word = retry != null ? retry : LATER.contains(cause) ? "after" : "never";
      result = new Result(false, !UNDECIDED.contains(cause), cause, word, id, reasons, () -> false);
    }
  }

  private static final Set<String> UNDECIDED =
      Set.of("function-error", "throttled", "timed-out", "unreachable", "bad-status", "unconfigured", "refused");
  private static final Set<String> LATER = Set.of("function-error", "throttled", "timed-out", "unreachable",
      "another-question", "repeated-answer", "lease-expired", "lease-outlived");

  /** Waits 2 seconds for an answer, and accepts a second of skew and leases of 30; a handler answers true once its obligation is performed. */
  public RouteGuard(Transport transport, Map<String, Predicate<Map<String, Object>>> handlers) {
    this(transport, Map.copyOf(handlers), 1_000, 30_000, System::currentTimeMillis, () -> System.nanoTime() / 1_000_000, new LinkedHashSet<>());
  }

  /** Asks once. It never throws: whatever goes wrong is a refusal. */
  public Result decide(Map<String, Object> request) {
    try {
      String nonce = String.format("%040x", new BigInteger(160, new SecureRandom()));
      Map<String, Object> asked = new LinkedHashMap<>(request);
      asked.put("supportedObligations", List.copyOf(new TreeSet<>(handlers.keySet())));
      asked.put("nonce", nonce);
      String text = Json.text(asked);
      Map<String, Object> mine = new HashMap<>(Map.of("nonce", nonce, "digest", "sha256:" + sha256(text)));
      Object digest = ((Map<?, ?>) request.get("message")).get("digest");
      if (digest != null) mine.put("message", digest);
      long sent = wall.getAsLong(), started = steady.getAsLong();
      Reply reply = transport.send(text, Duration.ofSeconds(2));
      return judge(reply, mine, sent, wall.getAsLong(), started, steady.getAsLong() - started);
    } catch (NotSound problem) {
      return problem.result;
    } catch (Exception | StackOverflowError surprise) {
      return new NotSound("unusable-request", null, null, List.of()).result;
    }
  }

  /** Every check must pass: a missing member, a surprise and a time that is none fail it. */
  private Result judge(Reply reply, Map<String, Object> mine, long sent, long received, long started, long elapsed) {
    if (reply.failure() != null) throw new NotSound(reply.failure(), null, null, List.of());
    demand(!reply.functionError(), "function-error", null);
    Json read = new Json(reply.text());
    Map<?, ?> answer = read.value instanceof Map<?, ?> members ? members : Map.of();
    boolean refused = Boolean.FALSE.equals(answer.get("decision"));
    String id = answer.get("evaluationId") instanceof String text && text.matches("[A-Za-z0-9._:-]{1,128}") ? text : null;
    // What a gateway says with a 4xx it will say again; the guard's own 400 is a denial.
    if (reply.status() != 200 && !(reply.status() == 400 && refused))
      throw new NotSound("bad-status", reply.status() / 100 == 4 ? "never" : "after", id, List.of());
    demand(read.value instanceof Map, "unreadable", id);
    demand(!read.twice, "duplicate-member", id);
    demand(isAbout(answer.get("question"), mine, refused), "another-question", id);
    demand(refused || Boolean.TRUE.equals(answer.get("decision")), "unknown-decision", id);
    if (refused) throw new NotSound("denied", "after".equals(answer.get("retry")) ? "after" : "never", id, codes(answer.get("reasons")));
    demand("permit".equals(answer.get("outcome")), "unknown-outcome", id);
    demand(Boolean.TRUE.equals(answer.get("enforceable")) && !answer.containsKey("hypothetical"), "not-enforceable", id);
    demand(!answer.containsKey("retry") || "never".equals(answer.get("retry")), "unknown-retry", id);
    demand(id != null, "no-evaluation-id", id);
    Long evaluated = instant(answer.get("evaluatedAt")), useBy = instant(answer.get("useBy"));
    demand(evaluated != null, "no-evaluation-time", id);
    demand(evaluated >= sent - skew && evaluated <= received + skew, "clocks-disagree", id);
    demand(useBy != null, "no-lease", id);
    demand(received < useBy, "lease-expired", id);
    demand(elapsed < useBy - evaluated, "lease-outlived", id);
    demand(Math.max(useBy - evaluated, useBy - sent - elapsed) <= maxLease + skew, "lease-too-long", id);
    demand(answer.get("obligations") instanceof List<?> list && list.size() <= 64 && list.stream().allMatch(this::canPerform), "unknown-obligation", id);
    synchronized (seen) {
      demand(seen.add(id), "repeated-answer", id);
      if (seen.size() > 4_096) seen.remove(seen.iterator().next());
    }
    LongSupplier left = () -> Math.min(useBy - wall.getAsLong(), useBy - evaluated - (steady.getAsLong() - started));
    for (Object each : (List<?>) answer.get("obligations")) demand(perform((Map<?, ?>) each, left.getAsLong()), "obligation-failed", id);
    demand(left.getAsLong() > 0, "lease-expired", id);
    return new Result(true, true, null, "never", id, List.of(), () -> left.getAsLong() > 0);
  }

  private static void demand(boolean passes, String cause, String id) {
    if (!passes) throw new NotSound(cause, null, id, List.of());
  }

  /** True of our question: of a request that it cannot read the guard knows the text alone, and nothing of another's. */
  private static boolean isAbout(Object question, Map<String, Object> mine, boolean refused) {
    Map<?, ?> about = question instanceof Map<?, ?> members ? members : Map.of();
    for (String name : List.of("digest", "nonce", "message")) {
      boolean absent = !about.containsKey(name) && (!mine.containsKey(name) || (refused && !name.equals("digest")));
      if (!absent && !(mine.containsKey(name) && mine.get(name).equals(about.get(name)))) return false;
    }
    return true;
  }

  private static List<String> codes(Object reasons) {
    if (!(reasons instanceof List<?> list)) return List.of();
    return list.stream().limit(64).map(each -> each instanceof Map<?, ?> reason ? reason.get("code") : null)
        .filter(code -> code instanceof String text && text.matches("[A-Z][A-Z0-9_]{0,63}")).map(String::valueOf).toList();
  }

  private boolean canPerform(Object obligation) {
    return obligation instanceof Map<?, ?> members && members.get("type") instanceof String type
        && type.matches("[a-z0-9]+(-[a-z0-9]+)*") && handlers.containsKey(type);
  }

  @SuppressWarnings("unchecked")
  private boolean perform(Map<?, ?> obligation, long milliseconds) {
    Supplier<Boolean> work = () -> handlers.get(obligation.get("type")).test((Map<String, Object>) obligation);
    // By a thread of its own: a handler that never ends holds up nobody for longer than the lease.
    return CompletableFuture.supplyAsync(work, RouteGuard::start).exceptionally(broken -> false)
        .completeOnTimeout(false, Math.max(0, milliseconds), TimeUnit.MILLISECONDS).join();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static Long instant(Object value) {
    if (!(value instanceof String text) || !text.matches("\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):\\d\\d:\\d\\d(\\.\\d{1,9})?Z")) return null;
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (RuntimeException none) {
      return null;
    }
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%064x", new BigInteger(1, sum));
  }

  /** Posts to base/v1/decide, signed with SigV4. Plain http only to this machine; redirects are not followed. */
  public static Transport http(String base, String region, IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
    URI place = URI.create(base.replaceAll("/+$", "") + "/v1/decide");
    boolean local = "http".equals(place.getScheme()) && Set.of("localhost", "127.0.0.1").contains(String.valueOf(place.getHost()));
    if (!(local || "https".equals(place.getScheme())) || place.getUserInfo() != null || base.matches("(?s).*[?#].*"))
      throw new IllegalArgumentException("the base must be https, without credentials, query and fragment");
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    return (text, most) -> {
      try {
        SdkHttpRequest plain = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(place).putHeader("content-type", "application/json").build();
        AwsCredentialsIdentity identity = credentials.resolveIdentity().join();
        SdkHttpRequest signed = AwsV4HttpSigner.create().sign(r -> r.identity(identity).request(plain)
            .payload(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api").putProperty(AwsV4HttpSigner.REGION_NAME, region)).request();
        HttpRequest.Builder asked = HttpRequest.newBuilder(place).timeout(most).POST(HttpRequest.BodyPublishers.ofString(text));
        signed.forEachHeader((name, values) -> { if (!name.equalsIgnoreCase("host")) values.forEach(value -> asked.header(name, value)); });
        HttpResponse<InputStream> answer = client.send(asked.build(), HttpResponse.BodyHandlers.ofInputStream());
        byte[] bytes = answer.body().readNBytes(1_000_001);
        int status = answer.statusCode();
        if (status != 200 && status != 400 || bytes.length > 1_000_000) return failed(bytes.length > 1_000_000 ? 0 : status);
        return new Reply(status, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), false, null);
      } catch (Exception problem) {
        return failed(problem instanceof HttpTimeoutException ? 504 : 0);
      }
    };
  }

  private static Reply failed(int status) {
    String other = status / 100 == 4 ? "refused" : "unreachable";
    return new Reply(status, "", false, Map.of(429, "throttled", 408, "timed-out", 504, "timed-out").getOrDefault(status, other));
  }

  /** JSON read strictly, which the standard library does not: `value` is null where it is none, and `twice` says that a member is named twice. */
  static final class Json {
    private static final Pattern WORD = Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    final Object value;
    boolean twice;
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
      Object read = null;
      try {
        read = value();
        if (space() != '\0' || at < text.length()) read = null;
      } catch (RuntimeException | StackOverflowError none) {
        read = null;
      }
      value = read;
    }

    private char space() {
      while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean next(char expected) {
      boolean there = space() == expected && at < text.length();
      at += there ? 1 : 0;
      return there;
    }

    private void demand(char expected) {
      if (!next(expected)) throw new IllegalArgumentException("not JSON");
    }

    private Object value() {
      char first = space();
      return first == '{' ? object() : first == '[' ? list() : first == '"' ? string() : word();
    }

    private Map<String, Object> object() {
      Map<String, Object> members = new LinkedHashMap<>();
      demand('{');
      if (next('}')) return members;
      do {
        String name = string();
        demand(':');
        twice |= members.containsKey(name);
        members.put(name, value());
      } while (next(','));
      demand('}');
      return members;
    }

    private List<Object> list() {
      List<Object> items = new ArrayList<>();
      demand('[');
      if (next(']')) return items;
      do items.add(value()); while (next(','));
      demand(']');
      return items;
    }

    private String string() {
      demand('"');
      StringBuilder said = new StringBuilder();
      for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
        if (c < ' ') throw new IllegalArgumentException("not JSON");
        if (c != '\\') said.append(c);
        else if ((c = text.charAt(at++)) == 'u') said.append((char) HexFormat.fromHexDigits(text, at, at += 4));
        else said.append("\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(c)));
      }
      return said.toString();
    }

    private Object word() {
      Matcher word = WORD.matcher(text).region(at, text.length());
      if (!word.lookingAt()) throw new IllegalArgumentException("not JSON");
      at = word.end();
      Object other = word.group().equals("null") ? null : Boolean.valueOf(word.group());
      return Character.isLetter(word.group().charAt(0)) ? other : Double.valueOf(word.group());
    }

    static String text(Object value) {
      if (value instanceof Map<?, ?> map)
        return map.entrySet().stream().map(each -> text((String) each.getKey()) + ":" + text(each.getValue())).collect(Collectors.joining(",", "{", "}"));
      if (value instanceof List<?> list) return list.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
      if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) return String.valueOf(value);
      return ((String) value).chars().mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c) : String.valueOf((char) c))
          .collect(Collectors.joining("", "\"", "\""));
    }
  }
}
