package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// Any path takes ?delay=3s (before the first byte), ?header=16k (that much more header), ?status=500 and ?close, which
// ends the connection without an answer. /bytes/1000000 is a body of that length.
func answers() http.Handler {
	host, _ := os.Hostname()
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s answers %s\n", host, r.RemoteAddr)
	})
	mux.HandleFunc("/bytes/{length}", func(w http.ResponseWriter, r *http.Request) {
		length, err := parseSize(r.PathValue("length"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", strconv.FormatInt(length, 10))
		_, _ = io.CopyN(w, letters{}, length)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if misbehave(w, r) {
			mux.ServeHTTP(w, r)
		}
	})
}

// Whether the answer is still to be written.
func misbehave(w http.ResponseWriter, r *http.Request) bool {
	query := r.URL.Query()
	delay, e1 := time.ParseDuration(orZero(query.Get("delay")))
	header, e2 := parseSize(orZero(query.Get("header")))
	status, e3 := strconv.Atoi(orZero(query.Get("status")))
	for _, err := range []error{e1, e2, e3} {
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return false
		}
	}
	select {
	case <-time.After(delay):
	case <-r.Context().Done():
	}
	if query.Has("close") {
		panic(http.ErrAbortHandler)
	}
	if header > 0 {
		w.Header().Set("X-Large", strings.Repeat("x", int(header)))
	}
	if status != 0 {
		http.Error(w, http.StatusText(status), status)
	}
	return status == 0
}

func orZero(text string) string {
	if text == "" {
		return "0"
	}
	return text
}

// 16k is 16384.
func parseSize(text string) (int64, error) {
	number, kilo := strings.CutSuffix(text, "k")
	size, err := strconv.ParseInt(number, 10, 48)
	if kilo {
		size *= 1024
	}
	if err == nil && size < 0 {
		err = fmt.Errorf("%s is negative", text)
	}
	return size, err
}

type letters struct{}

func (letters) Read(into []byte) (int, error) {
	for at := range into {
		into[at] = 'a'
	}
	return len(into), nil
}
