"""Asks a guard over HTTP: python3 ask.py http://127.0.0.1:8787 MARKING ROUTE. The credentials are the environment's."""

import sys

from routeguard_pep import RouteGuard, http_transport

base, marking, route = sys.argv[1:]
guard = RouteGuard(http_transport(base, "us-east-1"))
result = guard.decide({"message": {"id": "m-1", "marking": marking}, "path": {"route": route}})
print("send" if result.send and result.current() else f"do not send: {result.cause} {' '.join(result.reasons)}")
