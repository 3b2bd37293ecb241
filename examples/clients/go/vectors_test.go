// Holds the enforcement point to the vectors: VECTORS=vectors.json go test -run Vectors prints one line of JSON for each.
package routeguard

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

type vector struct {
	Name    string
	Asks    struct{ MessageDigest string }
	Earlier map[string]any
	Client  struct {
		SkewMs, MaxLeaseSeconds int
		Performs                map[string]string
		AlreadySeen             []string
	}
	Timing struct {
		SentAt, ReceivedAt, ObligationsDoneAt string
		ElapsedMs                             int
	}
	Reply struct {
		Status        int
		Text, Failure string
		FunctionError *string
	}
}

func bound(text, sent string) string {
	var question struct {
		Nonce   string
		Message struct{ Digest string }
	}
	_ = json.Unmarshal([]byte(sent), &question)
	message := question.Message.Digest
	if message == "" {
		message = "{{message}}"
	}
	return strings.NewReplacer("{{nonce}}", question.Nonce, "{{digest}}", "sha256:"+sumOf(sent), "{{message}}", message).Replace(text)
}

func at(text string) time.Time {
	when, _ := time.Parse(time.RFC3339Nano, text)
	return when
}

func judged(v vector) Result {
	wall, steady, primed := at(v.Timing.SentAt), time.Duration(0), v.Client.AlreadySeen
	handlers := map[string]func() bool{
		"done": func() bool {
			if v.Timing.ObligationsDoneAt != "" {
				wall = at(v.Timing.ObligationsDoneAt)
			}
			return true
		},
		"fails": func() bool { return false }, "says-nothing": func() bool { return false },
		"throws": func() bool { panic("a broken handler") }, "never-ends": func() bool { select {} },
	}
	obligations := map[string]Handler{}
	for kind, how := range v.Client.Performs {
		obligations[kind] = func(context.Context, map[string]any) bool { return handlers[how]() }
	}
	guard := New(func(_ context.Context, sent string) Reply {
		if len(primed) > 0 {
			v.Earlier["evaluationId"], primed = primed[0], primed[1:]
			permit, _ := json.Marshal(v.Earlier)
			return Reply{Status: 200, Text: bound(string(permit), sent)}
		}
		wall, steady = at(v.Timing.ReceivedAt), time.Duration(v.Timing.ElapsedMs)*time.Millisecond
		return Reply{v.Reply.Status, bound(v.Reply.Text, sent), v.Reply.Failure, v.Reply.FunctionError != nil}
	}, obligations)
	guard.Skew = time.Duration(v.Client.SkewMs) * time.Millisecond
	if v.Client.MaxLeaseSeconds > 0 {
		guard.MaxLease = time.Duration(v.Client.MaxLeaseSeconds) * time.Second
	}
	guard.Wall, guard.Steady = func() time.Time { return wall }, func() time.Duration { return steady }
	ask := func(digest string) Result {
		message := map[string]any{"id": "m-1", "marking": "SECRET//NOFORN"}
		if digest != "" {
			message["digest"] = digest
		}
		return guard.Decide(context.Background(), map[string]any{"message": message, "path": map[string]any{"route": "sms-gb-primary"}})
	}
	for range v.Client.AlreadySeen {
		ask("")
	}
	return ask(v.Asks.MessageDigest)
}

func TestVectors(t *testing.T) {
	file, err := os.ReadFile(os.Getenv("VECTORS"))
	var vectors []vector
	if err != nil || json.Unmarshal(file, &vectors) != nil || len(vectors) == 0 {
		t.Fatal("VECTORS names no file of vectors")
	}
	for _, each := range vectors {
		result := judged(each)
		kind, cause := "deny", any(result.Cause)
		if result.Send {
			kind, cause = "permit", nil
		} else if !result.Decided {
			kind = "unavailable"
		}
		line, _ := json.Marshal(map[string]any{"name": each.Name, "send": result.Send && result.Current(), "kind": kind, "cause": cause, "retry": result.Retry})
		fmt.Println(string(line))
	}
}
