package main

import (
	"net"
	"net/http"

	"github.com/coredns/coredns/plugin"
	clog "github.com/coredns/coredns/plugin/pkg/log"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var setupErrors = prometheus.NewCounterVec(prometheus.CounterOpts{
	Namespace: plugin.Namespace,
	Subsystem: "nodecache",
	Name:      "setup_errors_total",
	Help:      "The number of errors during periodic network setup for node-cache",
}, []string{"errortype"})

func serveMetrics(address string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		clog.Errorf("Failed to start metrics handler: %s", err)
		return
	}
	prometheus.MustRegister(setupErrors)
	for _, kind := range []string{"iptables", "iptables_lock", "interface_add", "interface_check", "configmap"} {
		setupErrors.WithLabelValues(kind).Add(0)
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.Handler())
	go func() { _ = http.Serve(listener, mux) }()
}
