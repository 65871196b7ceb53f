package main

import (
	"os"
	"strings"
	"sync"
	"time"

	clog "github.com/coredns/coredns/plugin/pkg/log"
	"github.com/vishvananda/netlink"
	"k8s.io/kubernetes/pkg/util/iptables"
)

// network makes the addresses local to the node, and lets what goes to them past connection tracking: so kube-proxy,
// whose DNAT needs an entry there, never sees it.
type network struct {
	opts     options
	iptables iptables.Interface
	rules    []rule
	// Who tears down does not let go of it, so that nothing is put back afterwards.
	busy sync.Mutex
}

func newNetwork(opts options) *network {
	return &network{opts: opts, iptables: iptables.New(iptables.ProtocolIPv4), rules: rulesFor(opts)}
}

// Rules come only once CoreDNS is there to answer, which its pid file tells.
func (n *network) watch() {
	if n.opts.pidFile != "" {
		if appears(n.opts.pidFile, 5*time.Second) {
			n.ensure()
		} else {
			clog.Warningf("timed out waiting for pidfile, networking setup will delay")
		}
	}
	for range time.Tick(n.opts.syncInterval) {
		n.ensure()
	}
}

func appears(file string, within time.Duration) bool {
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if _, err := os.Stat(file); err == nil {
			return true
		}
	}
	return false
}

func (n *network) ensure() {
	n.busy.Lock()
	defer n.busy.Unlock()
	if n.opts.setupIptables {
		for _, rule := range n.rules {
			n.ensureRule(rule)
		}
	}
	n.ensureInterface()
}

func (n *network) ensureRule(rule rule) {
	exists, err := n.iptables.EnsureRule(iptables.Prepend, rule.table, rule.chain, rule.args...)
	switch {
	case exists:
	case err == nil:
		clog.Infof("Added back nodelocaldns rule - %v", rule)
	case strings.Contains(err.Error(), "holding the xtables lock"):
		clog.Infof("Error checking/adding iptables rule %v, due to xtables lock in use, retrying in %v", rule, n.opts.syncInterval)
		setupErrors.WithLabelValues("iptables_lock").Inc()
	default:
		clog.Errorf("Error adding iptables rule %v - %s", rule, err)
		setupErrors.WithLabelValues("iptables").Inc()
	}
}

func (n *network) ensureInterface() {
	if !n.opts.setupInterface {
		return
	}
	link, err := netlink.LinkByName(n.opts.interfaceName)
	if err != nil {
		if link, err = addLink(n.opts.interfaceName); err != nil {
			clog.Errorf("Failed to add non-existent interface %s: %s", n.opts.interfaceName, err)
			setupErrors.WithLabelValues("interface_add").Inc()
			return
		}
		clog.Infof("Added interface - %s", n.opts.interfaceName)
	}
	for _, ip := range n.opts.localIPs {
		if err := netlink.AddrReplace(link, &netlink.Addr{IPNet: netlink.NewIPNet(ip)}); err != nil {
			clog.Errorf("Error checking dummy device %s - %s", n.opts.interfaceName, err)
			setupErrors.WithLabelValues("interface_check").Inc()
		}
	}
}

// The original makes a dummy device, and leaves it down: its addresses are local all the same. Kernels without that
// type have ifb as a rule, which shows the same flags: BROADCAST,NOARP, state DOWN.
func addLink(name string) (netlink.Link, error) {
	attrs := netlink.NewLinkAttrs()
	attrs.Name = name
	if err := netlink.LinkAdd(&netlink.Dummy{LinkAttrs: attrs}); err != nil {
		if netlink.LinkAdd(&netlink.Ifb{LinkAttrs: attrs}) != nil {
			return nil, err
		}
	}
	return netlink.LinkByName(name)
}

func (n *network) tearDown() {
	clog.Infof("Tearing down")
	n.busy.Lock()
	if n.opts.setupInterface {
		if link, err := netlink.LinkByName(n.opts.interfaceName); err == nil {
			_ = netlink.LinkDel(link)
		}
	}
	if n.opts.setupIptables {
		for _, rule := range n.rules {
			_ = n.iptables.DeleteRule(rule.table, rule.chain, rule.args...)
		}
	}
}
