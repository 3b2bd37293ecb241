// Package routeguard is an enforcement point in one file: it asks before a message is routed, and sends only on a sound permit.
// It needs the standard library, and the AWS SDK for signatures. What it keeps is written down in docs/pep-contract.md.
package routeguard

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

var (
	instantForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$`)
	idForm      = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,128}$`)
	typeForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	codeForm    = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,63}$`)
	nameForm    = regexp.MustCompile(`"(?:[^"\\]|\\.)*"(\s*:)?`)
	passes      = []string{"function-error", "throttled", "timed-out", "unreachable"}
	undecided   = append([]string{"bad-status", "unconfigured", "refused"}, passes...)
	later       = append([]string{"another-question", "repeated-answer", "lease-expired", "lease-outlived"}, passes...)
)

// Reply is what a transport brings back: Failure where there was no answer, else a status and the text.
type Reply struct {
	Status        int
	Text, Failure string
	FunctionError bool
}

// Transport carries one request, and brings back the reply to that request and no other.
type Transport func(ctx context.Context, text string) Reply

// Handler performs one obligation, and answers true once it is done. Anything else denies.
type Handler func(ctx context.Context, obligation map[string]any) bool

// Result has Send true for a permit whose obligations have been performed; look at Current just before sending. Decided is
// false where nobody decided; with Retry "after" you may ask again, from a budget and after a random wait.
type Result struct {
	Send, Decided              bool
	Cause, Retry, EvaluationID string
	Reasons                    []string
	Current                    func() bool
}

// RouteGuard asks one guard, once for each message; New makes one.
type RouteGuard struct {
	Transport               Transport
	Obligations             map[string]Handler
	Skew, MaxLease, Attempt time.Duration
	Wall                    func() time.Time
	Steady                  func() time.Duration
	lock                    sync.Mutex
	seen                    []string
}

// New makes a guard that waits 2 seconds for an answer, and accepts a second of skew and leases of 30.
func New(transport Transport, obligations map[string]Handler) *RouteGuard {
	began := time.Now()
	return &RouteGuard{Transport: transport, Obligations: obligations, Skew: time.Second, MaxLease: 30 * time.Second,
		Attempt: 2 * time.Second, Wall: time.Now, Steady: func() time.Duration { return time.Since(began) }}
}

func refusal(cause, id string) Result {
	retry := map[bool]string{true: "after", false: "never"}[slices.Contains(later, cause)]
	return Result{Cause: cause, Retry: retry, EvaluationID: id, Decided: !slices.Contains(undecided, cause), Current: func() bool { return false }}
}

// Decide asks once. It never fails: whatever goes wrong is a refusal.
func (g *RouteGuard) Decide(ctx context.Context, request map[string]any) Result {
	asked, nonce := map[string]any{}, rand.Text()
	maps.Copy(asked, request)
	asked["nonce"], asked["supportedObligations"] = nonce, slices.AppendSeq([]string{}, maps.Keys(g.Obligations))
	message, isMessage := request["message"].(map[string]any)
	text, err := json.Marshal(asked)
	if err != nil || !isMessage {
		return refusal("unusable-request", "")
	}
	mine := map[string]any{"digest": "sha256:" + sumOf(string(text)), "nonce": nonce}
	if digest, given := message["digest"]; given {
		mine["message"] = digest
	}
	ctx, cancel := context.WithTimeout(ctx, g.Attempt)
	defer cancel()
	sent, started := g.Wall(), g.Steady()
	reply := g.Transport(ctx, string(text))
	return g.judge(reply, mine, sent, g.Wall(), started, g.Steady()-started)
}

// judge lets every check pass or refuses: a missing member, a surprise and a time that is none fail it.
func (g *RouteGuard) judge(reply Reply, mine map[string]any, sent, received time.Time, started, elapsed time.Duration) Result {
	read, twice, readable := readJSON(reply.Text)
	answer, isObject := read.(map[string]any)
	refused := answer["decision"] == false
	id, _ := answer["evaluationId"].(string)
	id = idForm.FindString(id)
	_, hypothetical := answer["hypothetical"]
	retry, hasRetry := answer["retry"]
	evaluated, isEvaluated := instant(answer["evaluatedAt"])
	useBy, isLeased := instant(answer["useBy"])
	obligations, performable := g.performable(answer["obligations"])
	for _, check := range []struct {
		cause  string
		passes bool
	}{
		{reply.Failure, reply.Failure == ""},
		{"function-error", !reply.FunctionError},
		{"bad-status", reply.Status == 200 || (reply.Status == 400 && refused)},
		{"unreadable", readable && isObject},
		{"duplicate-member", !twice},
		{"another-question", isAbout(answer["question"], mine, refused)},
		{"unknown-decision", answer["decision"] == true || refused},
		{"denied", !refused},
		{"unknown-outcome", answer["outcome"] == "permit"},
		{"not-enforceable", answer["enforceable"] == true && !hypothetical},
		{"unknown-retry", !hasRetry || retry == "never"},
		{"no-evaluation-id", id != ""},
		{"no-evaluation-time", isEvaluated},
		{"clocks-disagree", !evaluated.Before(sent.Add(-g.Skew)) && !evaluated.After(received.Add(g.Skew))},
		{"no-lease", isLeased},
		{"lease-expired", received.Before(useBy)},
		{"lease-outlived", elapsed < useBy.Sub(evaluated)},
		{"lease-too-long", max(useBy.Sub(evaluated), useBy.Sub(sent)-elapsed) <= g.MaxLease+g.Skew},
		{"unknown-obligation", performable},
	} {
		if check.passes {
			continue
		}
		result := refusal(check.cause, id)
		// What a gateway says with a 4xx it will say again; the guard itself says whether to ask again.
		if (check.cause == "bad-status" && reply.Status/100 != 4) || (check.cause == "denied" && retry == "after") {
			result.Retry = "after"
		}
		if reasons, _ := answer["reasons"].([]any); check.cause == "denied" {
			for _, reason := range reasons[:min(64, len(reasons))] {
				members, _ := reason.(map[string]any)
				if code, _ := members["code"].(string); codeForm.MatchString(code) {
					result.Reasons = append(result.Reasons, code)
				}
			}
		}
		return result
	}
	if !g.isNew(id) {
		return refusal("repeated-answer", id)
	}
	left := func() time.Duration { return min(useBy.Sub(g.Wall()), useBy.Sub(evaluated)-(g.Steady()-started)) }
	for _, obligation := range obligations {
		if !perform(g.Obligations[obligation["type"].(string)], obligation, left()) {
			return refusal("obligation-failed", id)
		}
	}
	if left() <= 0 {
		return refusal("lease-expired", id)
	}
	return Result{Send: true, Decided: true, Retry: "never", EvaluationID: id, Current: func() bool { return left() > 0 }}
}

// isNew is true once of each evaluation id.
func (g *RouteGuard) isNew(id string) bool {
	g.lock.Lock()
	defer g.lock.Unlock()
	known := slices.Contains(g.seen, id)
	g.seen = append(g.seen[max(0, len(g.seen)-4095):], id)
	return !known
}

// isAbout is true of our question: of a request that it cannot read the guard knows the text alone, and nothing of another's.
func isAbout(question any, mine map[string]any, refused bool) bool {
	about, _ := question.(map[string]any)
	for _, name := range []string{"digest", "nonce", "message"} {
		said, isSaid := about[name]
		own, isOwn := mine[name]
		absent := !isSaid && (!isOwn || (refused && name != "digest"))
		if !absent && !(isSaid && isOwn && said == own) {
			return false
		}
	}
	return true
}

func (g *RouteGuard) performable(value any) (obligations []map[string]any, ok bool) {
	list, ok := value.([]any)
	for _, each := range list {
		obligation, _ := each.(map[string]any)
		kind, _ := obligation["type"].(string)
		ok = ok && g.Obligations[kind] != nil && typeForm.MatchString(kind)
		obligations = append(obligations, obligation)
	}
	return obligations, ok && len(list) <= 64
}

func perform(handler Handler, obligation map[string]any, left time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), left)
	defer cancel()
	done := make(chan bool, 3)
	go func() {
		// A handler that panics has not performed it.
		defer func() { done <- recover() != nil && false }()
		done <- handler(ctx, obligation)
	}()
	context.AfterFunc(ctx, func() { done <- false })
	return <-done
}

func instant(value any) (time.Time, bool) {
	text, _ := value.(string)
	at, err := time.Parse(time.RFC3339Nano, text)
	return at.Truncate(time.Millisecond), err == nil && instantForm.MatchString(text)
}

func sumOf(text string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}

// readJSON gives the value, and whether an object in it names a member twice: Unmarshal keeps the last one silently, so that names
// in the text are counted against those that are left.
func readJSON(text string) (value any, twice, readable bool) {
	if !utf8.ValidString(text) || json.Unmarshal([]byte(text), &value) != nil {
		return nil, false, false
	}
	once, _ := json.Marshal(value)
	return value, names(text) != names(string(once)), true
}

func names(text string) (count int) {
	for _, match := range nameForm.FindAllString(text, -1) {
		count += strings.Count(match[len(match)-1:], ":")
	}
	return count
}

// HTTP posts to base/v1/decide, signed with SigV4. Plain http only to this machine; redirects are not followed.
func HTTP(base, region string, credentials aws.CredentialsProvider) (Transport, error) {
	place, err := url.Parse(strings.TrimRight(base, "/") + "/v1/decide")
	local := []string{"http://localhost", "http://127.0.0.1"}
	if err != nil || place.User != nil || strings.ContainsAny(base, "?#") ||
		(place.Scheme != "https" && !slices.Contains(local, place.Scheme+"://"+place.Hostname())) {
		return nil, errors.New("the base must be https, without credentials, query and fragment")
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(ctx context.Context, text string) Reply {
		known, unknown := credentials.Retrieve(ctx)
		request, _ := http.NewRequestWithContext(ctx, "POST", place.String(), strings.NewReader(text))
		request.Header.Set("content-type", "application/json")
		unsigned := v4.NewSigner().SignHTTP(ctx, known, request, sumOf(text), "execute-api", region, time.Now())
		if unknown != nil || unsigned != nil {
			return Reply{Failure: "unconfigured"}
		}
		response, err := client.Do(request)
		if err != nil {
			return Reply{Failure: failure(ctx, 0)}
		}
		defer response.Body.Close()
		body, err := io.ReadAll(io.LimitReader(response.Body, 1_000_001))
		if err != nil || len(body) > 1_000_000 || (response.StatusCode != 200 && response.StatusCode != 400) {
			return Reply{Failure: failure(ctx, response.StatusCode)}
		}
		return Reply{Status: response.StatusCode, Text: string(body)}
	}, nil
}

func failure(ctx context.Context, status int) string {
	switch {
	case ctx.Err() != nil || status == 408 || status == 504:
		return "timed-out"
	case status == 429:
		return "throttled"
	case status/100 == 4 && status != 400:
		return "refused"
	}
	return "unreachable"
}
