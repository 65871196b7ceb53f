// node-cache is NodeLocal DNSCache: CoreDNS that listens on an address of its own node, and takes over the cluster's
// DNS address there. The original is not on the module proxy; flags, rules, log lines and metrics are those of
// kubernetes/dns 1.26.
package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	clog "github.com/coredns/coredns/plugin/pkg/log"

	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/debug"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/hosts"
	_ "github.com/coredns/coredns/plugin/loadbalance"
	_ "github.com/coredns/coredns/plugin/log"
	_ "github.com/coredns/coredns/plugin/loop"
	_ "github.com/coredns/coredns/plugin/metrics"
	_ "github.com/coredns/coredns/plugin/reload"
	_ "github.com/coredns/coredns/plugin/rewrite"
	_ "github.com/coredns/coredns/plugin/template"
	_ "github.com/coredns/coredns/plugin/whoami"
)

type options struct {
	localIPs       []net.IP
	interfaceName  string
	setupInterface bool
	setupIptables  bool
	skipTeardown   bool
	syncInterval   time.Duration
	metricsAddress string
	baseCorefile   string
	corefile       string
	upstreamSvc    string
	healthPort     string
	port           string
	pidFile        string
}

func main() {
	clog.Info("Starting node-cache image: 1.26.4")
	opts, err := parseFlags()
	if err != nil {
		clog.Fatalf("Error parsing flags - %s, Exiting", err)
	}
	serveMetrics(opts.metricsAddress)
	corefile := newCorefile(opts)
	corefile.update()
	network := newNetwork(opts)
	network.ensureInterface()
	go corefile.watch()
	go network.watch()
	if !opts.skipTeardown {
		// CoreDNS ends the process by itself when a signal comes; this is what it does before.
		caddy.OnProcessExit = append(caddy.OnProcessExit, network.tearDown)
	}
	coremain.Run()
}

// -conf, -pidfile and -dns.port are flags of CoreDNS, which parses the command line once more.
func parseFlags() (options, error) {
	var opts options
	var localIPs string
	flag.StringVar(&localIPs, "localip", "", "comma-separated string of ip addresses to bind dnscache to")
	flag.BoolVar(&opts.setupInterface, "setupinterface", true, "indicates whether network interface should be setup")
	flag.StringVar(&opts.interfaceName, "interfacename", "nodelocaldns", "name of the interface to be created")
	flag.DurationVar(&opts.syncInterval, "syncinterval", time.Minute, "interval to check for iptables rules")
	flag.StringVar(&opts.metricsAddress, "metrics-listen-address", "0.0.0.0:9353", "address to serve metrics on")
	flag.BoolVar(&opts.setupIptables, "setupiptables", true, "indicates whether iptables rules should be setup")
	flag.StringVar(&opts.baseCorefile, "basecorefile", "/etc/coredns/Corefile.base", "Path to the template Corefile for node-cache")
	flag.StringVar(&opts.upstreamSvc, "upstreamsvc", "kube-dns", "Service name whose cluster IP is upstream for node-cache")
	flag.StringVar(&opts.healthPort, "health-port", "8080", "port used by health plugin")
	flag.BoolVar(&opts.skipTeardown, "skipteardown", false, "indicates whether iptables rules should be torn down on exit")
	flag.Parse()
	for text := range strings.SplitSeq(localIPs, ",") {
		ip := net.ParseIP(text)
		if ip == nil {
			return opts, fmt.Errorf("invalid localip specified - %q", text)
		}
		opts.localIPs = append(opts.localIPs, ip)
	}
	opts.corefile = flag.Lookup("conf").Value.String()
	if opts.corefile == "" {
		return opts, fmt.Errorf("no -conf specified")
	}
	opts.port, opts.pidFile = dnsserver.Port, caddy.PidFile
	clog.Infof("Using Corefile %s", opts.corefile)
	return opts, nil
}

func (o options) addresses() []string {
	var all []string
	for _, ip := range o.localIPs {
		all = append(all, ip.String())
	}
	return all
}

// kubelet gives every container the address of each Service of its namespace.
func (o options) upstream() string {
	name := strings.ToUpper(strings.ReplaceAll(o.upstreamSvc, "-", "_")) + "_SERVICE_HOST"
	address := os.Getenv(name)
	if address == "" {
		clog.Warningf("Unable to lookup IP address of Upstream service %s, env $%s", o.upstreamSvc, name)
	}
	return address
}
