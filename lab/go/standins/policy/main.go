// policy enforces NetworkPolicies by iptables, with the chains, marks and comments of kube-router, which is not on the
// module proxy.
package main

import (
	"context"
	"flag"
	"log"
	"net/netip"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

func main() {
	log.SetFlags(log.LstdFlags | log.LUTC)
	router := flag.Bool("run-router", false, "not built in")
	proxy := flag.Bool("run-service-proxy", false, "not built in")
	firewall := flag.Bool("run-firewall", true, "enforce NetworkPolicies")
	node := flag.String("hostname-override", os.Getenv("NODE_NAME"), "name of the node")
	services := flag.String("service-cluster-ip-range", "10.96.0.0/12", "comma-separated, where pods' traffic to the node's own addresses is not judged")
	nodePorts := flag.String("service-node-port-range", "30000-32767", "likewise")
	health := flag.Int("health-port", 20244, "answers /healthz")
	period := flag.Duration("iptables-sync-period", 30*time.Second, "how often to look whether the rules are still there")
	blockNode := flag.Bool("also-block-node", false, "judge traffic from the pod's own node, so the kubelet's probes, as any other")
	lag := flag.Duration("lag", 0, "ignore a pod for so long after it got its address, as one to protect and as a peer")
	cleanUp := flag.Bool("cleanup", false, "remove all rules and sets, and end")
	flag.Parse()

	if *cleanUp {
		removeAll()
		return
	}
	if *router || *proxy || !*firewall {
		log.Fatal("only --run-firewall is built in")
	}
	if *node == "" {
		log.Fatal("which node is this? NODE_NAME or --hostname-override has to say")
	}
	a := &agent{lag: *lag, period: *period, options: options{
		node: *node, alsoBlockNode: *blockNode, services: prefixes(*services),
		nodePorts: strings.ReplaceAll(*nodePorts, "-", ":"),
	}}
	run(a, *health)
}

func prefixes(list string) []netip.Prefix {
	var all []netip.Prefix
	for text := range strings.SplitSeq(list, ",") {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			log.Fatal(err)
		}
		all = append(all, prefix)
	}
	return all
}

func run(a *agent, health int) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	config, err := rest.InClusterConfig()
	if err != nil {
		log.Fatal(err)
	}
	go a.serveHealth(health)
	a.watch, err = startWatch(ctx, kubernetes.NewForConfigOrDie(config))
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("enforcing NetworkPolicies on %s", a.options.node)
	a.run(ctx)
	// As every agent does: a policy must not end with the program that enforces it.
	log.Print("ending; the rules stay")
}

func removeAll() {
	families := []*family{ipv4}
	if nodeHasIPv6() {
		families = append(families, ipv6)
	}
	for _, f := range families {
		if err := newKernel(f).cleanUp(); err != nil {
			log.Fatal(err)
		}
	}
	log.Print("no rule is left")
}
