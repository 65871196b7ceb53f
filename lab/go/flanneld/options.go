package main

import (
	"flag"
	"fmt"
	"os"

	log "k8s.io/klog/v2"
)

type list []string

func (l *list) String() string { return fmt.Sprint([]string(*l)) }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

// The names are the original's, because the first line of its log prints them.
type options struct {
	version                   bool
	kubeSubnetMgr             bool
	kubeApiUrl                string
	kubeAnnotationPrefix      string
	kubeConfigFile            string
	iface                     list
	ifaceRegex                list
	ipMasq                    bool
	ipMasqRandomFullyDisable  bool
	ifaceCanReach             string
	subnetFile                string
	publicIP                  string
	publicIPv6                string
	iptablesResyncSeconds     int
	iptablesForwardRules      bool
	netConfPath               string
	setNodeNetworkUnavailable bool
}

func parseFlags(args []string) options {
	var o options
	flags := flag.NewFlagSet("flannel", flag.ExitOnError)
	flags.BoolVar(&o.version, "version", false, "print version and exit")
	flags.BoolVar(&o.kubeSubnetMgr, "kube-subnet-mgr", false, "take the subnet from the Node object")
	flags.StringVar(&o.kubeApiUrl, "kube-api-url", "", "API server; not needed in a pod")
	flags.StringVar(&o.kubeAnnotationPrefix, "kube-annotation-prefix", "flannel.alpha.coreos.com", "prefix of the annotations on nodes")
	flags.StringVar(&o.kubeConfigFile, "kubeconfig-file", "", "kubeconfig; not needed in a pod")
	flags.Var(&o.iface, "iface", "underlay interface, by name or address; the first that fits of several")
	flags.Var(&o.ifaceRegex, "iface-regex", "underlay interface, by pattern, after those of --iface")
	flags.StringVar(&o.ifaceCanReach, "iface-can-reach", "", "underlay interface, by what the route to this address uses")
	flags.BoolVar(&o.ipMasq, "ip-masq", false, "masquerade what leaves the pod network")
	flags.BoolVar(&o.ipMasqRandomFullyDisable, "ip-masq-fully-random-disable", false, "masquerade without --random-fully")
	flags.StringVar(&o.subnetFile, "subnet-file", "/run/flannel/subnet.env", "where the CNI plugin finds its subnet")
	flags.StringVar(&o.publicIP, "public-ip", "", "address other nodes reach this one by")
	flags.StringVar(&o.publicIPv6, "public-ipv6", "", "the same for IPv6")
	flags.IntVar(&o.iptablesResyncSeconds, "iptables-resync", 5, "seconds between two looks at the rules")
	flags.BoolVar(&o.iptablesForwardRules, "iptables-forward-rules", true, "accept forwarded traffic of the pod network")
	flags.StringVar(&o.netConfPath, "net-config-path", "/etc/kube-flannel/net-conf.json", "network configuration")
	flags.BoolVar(&o.setNodeNetworkUnavailable, "set-node-network-unavailable", true, "tell the Node when its network works")
	logFlags := flag.NewFlagSet("log", flag.ExitOnError)
	log.InitFlags(logFlags)
	flags.Var(logFlags.Lookup("v").Value, "v", "verbosity of the log")
	_ = flags.Parse(args) // ExitOnError: it does not come back with one
	log.SetOutput(os.Stderr)
	return o
}
