// serve answers HTTP on every address it is given ("serve :8080 127.0.0.1:9090"). Without one it only
// waits, as a client pod does. An image that holds it alone has no shell and no tools.
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	host, _ := os.Hostname()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s answers %s\n", host, r.RemoteAddr)
	})
	for _, address := range os.Args[1:] {
		go func() {
			fmt.Fprintln(os.Stderr, http.ListenAndServe(address, nil))
			os.Exit(1)
		}()
	}
	done := make(chan os.Signal, 1)
	signal.Notify(done, syscall.SIGTERM, syscall.SIGINT)
	<-done
}
