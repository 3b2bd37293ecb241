"""An enforcement point for routeguard in one file: asks before a message is routed, and sends only on a sound permit.

Python 3.10 or newer; boto3 for direct invocation, botocore for signed HTTP. README.md shows its use.
"""
import datetime, hashlib, json, math, random, re, secrets, threading, time, urllib.error, urllib.parse, urllib.request
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Callable, Optional

MOST_BYTES = 1_000_000
PASSES = {"function-error", "throttled", "timed-out", "unreachable"}
NOBODY_DECIDED = PASSES | {"bad-status", "unconfigured", "refused"}
LATER = PASSES | {"another-question", "repeated-answer", "lease-expired", "lease-outlived"}
TYPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z", re.ASCII)


@dataclass(frozen=True)
class Reply:
    """What a transport brings back: `failure` where there was no answer, else a status and the text."""
    status: int = 0
    text: str = ""
    function_error: Optional[str] = None
    failure: Optional[str] = None


@dataclass(frozen=True)
class Result:
    """`send` is True for a permit whose obligations have been performed; look at `current()` just before sending."""
    send: bool
    cause: Optional[str] = None
    retry: str = "never"
    evaluation_id: Optional[str] = None
    reasons: tuple = ()
    current: Callable[[], bool] = lambda: False
    decided: bool = True  # False where nobody decided: the message waits, and is not refused


class NotSound(Exception):
    def __init__(self, cause, retry=None, evaluation_id=None, reasons=()):
        retry = retry or ("after" if cause in LATER else "never")
        self.result = Result(False, cause, retry, evaluation_id, reasons, decided=cause not in NOBODY_DECIDED)


def _read(text: str) -> tuple:
    """The value, and whether any object in it names a member twice: `json` alone keeps the last one silently."""
    twice = []

    def members(pairs: list) -> dict:
        twice.append(len(dict(pairs)) != len(pairs))
        return dict(pairs)

    # NaN and Infinity are no JSON: `int` refuses them.
    return json.loads(text, object_pairs_hook=members, parse_constant=int), any(twice)


def _instant(value: Any) -> float:
    """Milliseconds since 1970, or NaN, which no comparison is true of."""
    match = INSTANT.fullmatch(value) if isinstance(value, str) else None
    try:
        whole = datetime.datetime.strptime(match[1] + "+0000", "%Y-%m-%dT%H:%M:%S%z")
    except (TypeError, ValueError):
        return math.nan
    return whole.timestamp() * 1000 + int((match[2] or "0").ljust(9, "0")) // 1_000_000


class RouteGuard:
    def __init__(self, transport, obligations=None, *, skew_ms=1_000, max_lease_s=30, deadline_s=4, attempt_s=2,
                 attempts=3, wall=lambda: time.time() * 1000, steady=lambda: time.monotonic() * 1000):
        """`transport(text, seconds)` gives a Reply; `obligations` are functions by type, each True once it is done."""
        if not (0 < max_lease_s <= 300 and 0 <= skew_ms <= 60_000 and attempts >= 1):
            raise ValueError("a lease is at most 300 seconds, the skew at most 60,000 milliseconds")
        self._transport, self._handlers, self._wall, self._steady = transport, dict(obligations or {}), wall, steady
        self._skew, self._max_lease, self._deadline = skew_ms, max_lease_s * 1000, deadline_s
        self._attempt, self._attempts, self._seen = attempt_s, attempts, OrderedDict()
        self._budget, self._lock = 10.0, threading.Lock()

    def decide(self, request: dict) -> Result:
        """Never raises: whatever goes wrong is a refusal."""
        deadline = time.monotonic() + self._deadline
        self._earn(0.1)
        for attempt in range(1, self._attempts + 1):
            result = self._once(request, deadline)
            again = not result.send and result.retry == "after" and (not result.decided or result.cause == "denied")
            wait = random.uniform(0, min(1.0, 0.05 * 2 ** (attempt - 1)))
            if not again or attempt == self._attempts or time.monotonic() + wait >= deadline or not self._earn(-1):
                return result
            time.sleep(wait)

    def _earn(self, tokens: float) -> bool:
        with self._lock:
            enough = self._budget + tokens >= 0
            self._budget = min(10.0, self._budget + tokens) if enough else self._budget
            return enough

    def _once(self, request: dict, deadline: float) -> Result:
        try:
            nonce = secrets.token_urlsafe(18)
            asked = {**request, "supportedObligations": sorted(self._handlers), "nonce": nonce}
            text, message = json.dumps(asked, allow_nan=False), asked["message"].get("digest")
        except Exception:
            return Result(False, "unusable-request")
        try:
            sent, started = self._wall(), self._steady()
            left = min(self._attempt, deadline - time.monotonic())
            reply = self._transport(text, left) if left > 0 else Reply(failure="timed-out")
            received, elapsed = self._wall(), self._steady() - started
            digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
            sound = self._judge(reply, (nonce, digest, message), sent, received, elapsed)
            return self._perform(*sound, started)
        except NotSound as problem:
            return problem.result
        except Exception:
            return Result(False, "unreadable")

    def _judge(self, reply: Reply, question: tuple, sent: float, received: float, elapsed: float) -> tuple:
        """Every check must pass; a surprise, a missing member or NaN fails it."""

        def demand(passes: bool, cause: str, retry: Optional[str] = None) -> None:
            if passes is not True:
                raise NotSound(cause, retry, identity)

        identity = None
        if reply.failure is not None:
            raise NotSound(reply.failure)
        demand(reply.function_error is None, "function-error")
        try:
            answer, twice = _read(reply.text)
        except (ValueError, RecursionError):
            answer, twice = None, False
        members = answer if isinstance(answer, dict) else {}
        refused = members.get("decision") is False
        # What a gateway says with a 4xx is no answer, and will be said again; the guard's own 400 is a denial.
        answered = reply.status == 200 or (reply.status == 400 and refused)
        demand(answered, "bad-status", "never" if 400 <= reply.status < 500 else "after")
        demand(answer is members, "unreadable")
        demand(not twice, "duplicate-member")
        known = answer.get("evaluationId")
        identity = known if isinstance(known, str) and re.fullmatch(r"[A-Za-z0-9._:-]{1,128}", known) else None
        about, (nonce, digest, message) = answer.get("question"), question
        about = about if isinstance(about, dict) else {}
        # Of a request that it cannot read the guard knows the text alone: the rest may be absent, and no other's.
        parts = {"digest": digest, "nonce": nonce, "message": message}
        mine = {name: part for name, part in parts.items() if part is not None}
        said = {name: about[name] for name in parts if name in about}
        demand(said == mine or (refused and "digest" in said and {**mine, **said} == mine), "another-question")
        demand(answer.get("decision") is True or refused, "unknown-decision")
        if refused:
            reasons = answer["reasons"] if isinstance(answer.get("reasons"), list) else []
            said = (str(each.get("code")) for each in reasons[:64] if isinstance(each, dict))
            codes = tuple(code for code in said if re.fullmatch(r"[A-Z][A-Z0-9_]{0,63}", code))
            raise NotSound("denied", "after" if answer.get("retry") == "after" else "never", identity, codes)
        demand(answer.get("outcome") == "permit", "unknown-outcome")
        demand(answer.get("enforceable") is True and "hypothetical" not in answer, "not-enforceable")
        demand("retry" not in answer or answer["retry"] == "never", "unknown-retry")
        demand(identity is not None, "no-evaluation-id")
        evaluated, use_by = _instant(answer.get("evaluatedAt")), _instant(answer.get("useBy"))
        demand(math.isfinite(evaluated), "no-evaluation-time")
        demand(sent - self._skew <= evaluated <= received + self._skew, "clocks-disagree")
        demand(math.isfinite(use_by), "no-lease")
        demand(received < use_by, "lease-expired")
        demand(elapsed < use_by - evaluated, "lease-outlived")
        demand(use_by - self._max_lease - self._skew <= min(evaluated, sent + elapsed), "lease-too-long")
        todo = answer.get("obligations")
        known = [each.get("type") for each in todo if isinstance(each, dict)] if isinstance(todo, list) else [None]
        can = all(isinstance(each, str) and TYPE.fullmatch(each) and each in self._handlers for each in known)
        demand(can and len(known) == len(todo) <= 64, "unknown-obligation")
        with self._lock:
            demand(identity not in self._seen, "repeated-answer")
            self._seen[identity] = None
            while len(self._seen) > 4096:
                self._seen.popitem(last=False)
        return answer, evaluated, use_by

    def _perform(self, answer: dict, evaluated: float, use_by: float, started: float) -> Result:
        left = lambda: min(use_by - self._wall(), use_by - evaluated - (self._steady() - started))
        identity = answer["evaluationId"]
        for obligation in answer["obligations"]:
            done: list = []  # by a thread of its own: a handler that never ends holds up nobody past the lease
            work = (self._handlers[obligation["type"]], obligation, done)
            (thread := threading.Thread(target=_perform, args=work, daemon=True)).start()
            thread.join(timeout=max(0.0, left() / 1000))
            if len(done) != 1 or done[0] is not True:
                raise NotSound("obligation-failed", "never", identity)
        if not left() > 0:
            raise NotSound("lease-expired", evaluation_id=identity)
        return Result(True, evaluation_id=identity, current=lambda: left() > 0)


def _perform(handler: Callable, obligation: dict, done: list) -> None:
    try:
        done.append(handler(obligation))
    except Exception:
        done.append(False)


def lambda_transport(function_name: str, client: Any = None) -> Callable[[str, float], Reply]:
    """Direct invocation. The request travels as text, so that the guard and not the runtime reads it."""
    import boto3, botocore.config, botocore.exceptions as problems
    def send(text: str, seconds: float) -> Reply:
        try:  # One attempt: the budget of RouteGuard is the only one that retries.
            times = {"read_timeout": seconds, "connect_timeout": seconds, "retries": {"total_max_attempts": 1}}
            asked = client or boto3.client("lambda", config=botocore.config.Config(**times))
            answer = asked.invoke(FunctionName=function_name, Payload=json.dumps({"request": text}).encode())
            return _reply(answer["StatusCode"], answer["Payload"], answer.get("FunctionError"))
        except (problems.NoCredentialsError, problems.NoRegionError):
            return Reply(failure="unconfigured")
        except Exception as error:
            known = isinstance(error, problems.ClientError) and error.response["ResponseMetadata"]["HTTPStatusCode"]
            return _failure(known or (504 if "Timeout" in type(error).__name__ else 0))
    return send


def http_transport(base_url: str, region: str, credentials: Any = None) -> Callable[[str, float], Reply]:
    """`POST <base>/v1/decide`, signed with SigV4. Plain http only to this machine."""
    import botocore.auth, botocore.awsrequest, botocore.session
    url, place = base_url.rstrip("/") + "/v1/decide", urllib.parse.urlsplit(base_url)
    safe = place.scheme == "https" or (place.scheme == "http" and place.hostname in ("localhost", "127.0.0.1"))
    if not safe or place.username is not None or place.query or place.fragment:
        raise ValueError("base_url must be https, without credentials, query and fragment")
    # A signature is for one host.
    plain = type("NoRedirect", (urllib.request.HTTPRedirectHandler,), {"redirect_request": lambda *_: None})
    opener = urllib.request.build_opener(plain)

    def send(text: str, seconds: float) -> Reply:
        try:
            known = credentials or botocore.session.Session().get_credentials()
            if known is None:
                return Reply(failure="unconfigured")
            asked = botocore.awsrequest.AWSRequest("POST", url, {"content-type": "application/json"}, text.encode())
            botocore.auth.SigV4Auth(known, "execute-api", region).add_auth(asked)
            request = urllib.request.Request(url, text.encode(), dict(asked.headers), method="POST")
            with opener.open(request, timeout=seconds) as answer:
                return _reply(answer.status, answer)
        except urllib.error.HTTPError as error:
            return _reply(400, error) if error.code == 400 else _failure(error.code)
        except Exception as error:
            return _failure(504 if isinstance(getattr(error, "reason", error), TimeoutError) else 0)
    return send


def _reply(status: int, body: Any, function_error: Optional[str] = None) -> Reply:
    text = body.read(MOST_BYTES + 1)
    return Reply(status, text.decode(), function_error) if len(text) <= MOST_BYTES else Reply(failure="unreachable")


def _failure(status: int) -> Reply:
    other = "refused" if 400 <= status < 500 else "unreachable"
    return Reply(failure={429: "throttled", 408: "timed-out", 504: "timed-out"}.get(status, other))
