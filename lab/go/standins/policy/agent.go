package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

const (
	debounce   = 100 * time.Millisecond
	afterError = time.Second
)

// agent brings what is watched into the kernel, all of it each time.
type agent struct {
	watch   *watch
	options options
	lag     time.Duration
	period  time.Duration
	kernels []*kernel
	healthy atomic.Bool
}

func (a *agent) run(ctx context.Context) {
	timer := time.NewTimer(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-a.watch.changed:
			select {
			case <-ctx.Done():
				return
			case <-time.After(debounce):
			}
		}
		select { // what came meanwhile is in the snapshot that follows
		case <-a.watch.changed:
		default:
		}
		timer.Reset(a.sync())
	}
}

// sync tells when it wants to be called again although nothing changes.
func (a *agent) sync() time.Duration {
	start := time.Now()
	c, next, err := a.watch.snapshot(a.lag)
	if err == nil {
		err = a.write(c, start)
	}
	a.healthy.Store(err == nil)
	if err != nil {
		log.Printf("sync failed, next try in %s: %v", afterError, err)
		return afterError
	}
	if next > 0 && next < a.period {
		return next
	}
	return a.period
}

func (a *agent) write(c *cluster, start time.Time) error {
	a.findFamilies()
	for _, k := range a.kernels {
		b := build(c, k.family, a.options)
		done, err := k.apply(b)
		if err != nil {
			return err
		}
		if len(done.lost) > 0 {
			log.Printf("somebody else changed %s: written again", strings.Join(done.lost, ", "))
		}
		if done.chains+done.sets > 0 {
			log.Printf("%s: wrote %d chains and %d sets for %d policies and %d pods in %s", k.family.ipset,
				done.chains, done.sets, len(c.policies), len(c.pods), time.Since(start).Round(time.Millisecond))
		}
	}
	return nil
}

// A node may get its second family after the agent has started.
func (a *agent) findFamilies() {
	for _, f := range []*family{ipv4, ipv6} {
		known := false
		for _, k := range a.kernels {
			known = known || k.family == f
		}
		if !known && (f == ipv4 || nodeHasIPv6()) {
			a.kernels = append(a.kernels, newKernel(f))
		}
	}
}

func nodeHasIPv6() bool {
	addresses, _ := net.InterfaceAddrs()
	for _, address := range addresses {
		if network, ok := address.(*net.IPNet); ok && network.IP.To4() == nil && network.IP.IsGlobalUnicast() {
			return true
		}
	}
	return false
}

func (a *agent) serveHealth(port int) {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		if !a.healthy.Load() {
			http.Error(w, "the rules are not what they should be", http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, "OK")
	})
	log.Fatal(http.ListenAndServe(fmt.Sprintf(":%d", port), nil))
}
