import java.util.Map;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import java.util.concurrent.CompletableFuture;

/** Asks a guard over HTTP: java Ask http://127.0.0.1:8787 MARKING ROUTE. The credentials are the environment's. */
final class Ask {
  public static void main(String[] given) {
    RouteGuard guard = new RouteGuard(RouteGuard.http(given[0], "us-east-1", new Environment()), Map.of());
    Map<String, Object> message = Map.of("id", "m-1", "marking", given[1]);
    RouteGuard.Result result = guard.decide(Map.of("message", message, "path", Map.of("route", given[2])));
    boolean sends = result.send() && result.current().getAsBoolean();
    System.out.println(sends ? "send" : "do not send: " + result.cause() + " " + result.reasons());
  }

  private static final class Environment implements IdentityProvider<AwsCredentialsIdentity> {
    @Override
    public Class<AwsCredentialsIdentity> identityType() {
      return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
      String key = System.getenv("AWS_ACCESS_KEY_ID");
      return CompletableFuture.completedFuture(AwsCredentialsIdentity.create(key, System.getenv("AWS_SECRET_ACCESS_KEY")));
    }
  }
}
