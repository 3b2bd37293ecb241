"""Holds the enforcement point to the vectors: python3 vectors.py VECTORS.json prints one line of JSON for each."""

import hashlib
import json
import sys
import threading

from routeguard_pep import Reply, RouteGuard, _instant

REQUEST = {"message": {"id": "m-1", "marking": "SECRET//NOFORN"}, "path": {"route": "sms-gb-primary"}}


def bound(text, sent):
    question = json.loads(sent)
    text = text.replace("{{nonce}}", question["nonce"])
    text = text.replace("{{digest}}", "sha256:" + hashlib.sha256(sent.encode()).hexdigest())
    return text.replace("{{message}}", question["message"].get("digest", "{{message}}"))


def judged(vector):
    client, timing, reply = vector["client"], vector["timing"], vector["reply"]
    clock = {"wall": _instant(timing["sentAt"]), "steady": 0.0, "primed": list(client["alreadySeen"])}

    def transport(sent, _):
        if clock["primed"]:
            permit = dict(vector["earlier"], evaluationId=clock["primed"].pop())
            return Reply(200, bound(json.dumps(permit), sent))
        clock["wall"], clock["steady"] = _instant(timing["receivedAt"]), timing["elapsedMs"]
        if "failure" in reply:
            return Reply(failure=reply["failure"])
        return Reply(reply["status"], bound(reply["text"], sent), reply["functionError"])

    def done(_):
        clock["wall"] = _instant(timing.get("obligationsDoneAt", timing["receivedAt"]))
        return True

    def throws(_):
        raise ValueError("a broken handler")

    hows = {"done": done, "fails": lambda _: False, "throws": throws, "says-nothing": lambda _: None}
    hows["never-ends"] = lambda _: threading.Event().wait()
    guard = RouteGuard(
        transport,
        {kind: hows[how] for kind, how in client["performs"].items()},
        skew_ms=client["skewMs"],
        max_lease_s=client.get("maxLeaseSeconds", 30),
        attempts=1,
        wall=lambda: clock["wall"],
        steady=lambda: clock["steady"],
    )
    for _ in client["alreadySeen"]:
        guard.decide(REQUEST)
    digest = vector.get("asks", {}).get("messageDigest")
    message = dict(REQUEST["message"], **({} if digest is None else {"digest": digest}))
    result = guard.decide(dict(REQUEST, message=message))
    kind = "permit" if result.send else "deny" if result.decided else "unavailable"
    return {
        "send": result.send and result.current(),
        "kind": kind,
        "cause": result.cause,
        "retry": result.retry,
    }


for each in json.load(open(sys.argv[1], encoding="utf-8")):
    print(json.dumps({"name": each["name"], **judged(each)}), flush=True)
