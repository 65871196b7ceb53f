// serve answers HTTP on every address it is given ("serve :8080 127.0.0.1:9090 https://:8443"). Without one it only
// waits, as a client pod does. An image that holds it alone has no shell and no tools.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	keepalive := flag.Duration("keepalive", time.Hour, "how long an idle connection stays open; 0 closes it after every answer")
	requests := flag.Int64("requests", 0, "answers on one connection, after which it ends without an answer; 0 for no end")
	delay := flag.Duration("delay", 0, "how long every answer takes")
	flag.Parse()
	handler := limited(delayed(answers(), *delay), *requests)
	for _, address := range flag.Args() {
		server := &http.Server{Handler: handler, IdleTimeout: *keepalive, ConnContext: withCount}
		server.SetKeepAlivesEnabled(*keepalive > 0)
		go func() {
			fmt.Fprintln(os.Stderr, listen(server, address))
			os.Exit(1)
		}()
	}
	done := make(chan os.Signal, 1)
	signal.Notify(done, syscall.SIGTERM, syscall.SIGINT)
	<-done
}

func listen(server *http.Server, address string) error {
	host, secure := strings.CutPrefix(address, "https://")
	server.Addr = host
	if !secure {
		return server.ListenAndServe()
	}
	var err error
	if server.TLSConfig, err = selfSigned(); err != nil {
		return err
	}
	return server.ListenAndServeTLS("", "")
}

// As a server that is slow by nature: it accepts at once, and takes its time.
func delayed(next http.Handler, by time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(by):
		case <-r.Context().Done():
		}
		next.ServeHTTP(w, r)
	})
}

type countKey struct{}

func withCount(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, countKey{}, new(atomic.Int64))
}

// As a server does that closes a connection in the very moment in which a proxy uses it again.
func limited(next http.Handler, most int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count := r.Context().Value(countKey{}).(*atomic.Int64).Add(1)
		if most > 0 && count > most {
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, r)
	})
}
