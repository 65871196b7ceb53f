package main

import (
	"slices"

	"k8s.io/kubernetes/pkg/util/iptables"
)

type rule struct {
	table iptables.Table
	chain iptables.Chain
	args  []string
}

const (
	tableRaw iptables.Table = "raw"
	skip                    = "NodeLocal DNS Cache: skip conntrack"
	allow                   = "NodeLocal DNS Cache: allow DNS traffic"
)

func rulesFor(opts options) []rule {
	var rules []rule
	add := func(table iptables.Table, chain iptables.Chain, target, comment string, match ...string) {
		args := slices.Concat(match, []string{"-j", target, "-m", "comment", "--comment", comment})
		rules = append(rules, rule{table, chain, args})
	}
	for _, address := range opts.addresses() {
		for _, protocol := range []string{"tcp", "udp"} {
			to := []string{"-p", protocol, "-d", address, "--dport", opts.port}
			from := []string{"-p", protocol, "-s", address, "--sport", opts.port}
			add(tableRaw, iptables.ChainPrerouting, "NOTRACK", skip, to...)
			add(tableRaw, iptables.ChainOutput, "NOTRACK", skip, from...)
			add(tableRaw, iptables.ChainOutput, "NOTRACK", skip, to...) // asked by the node itself
			// Rules that let pass what is tracked do not know what is not.
			add(iptables.TableFilter, iptables.ChainInput, "ACCEPT", allow, to...)
			add(iptables.TableFilter, iptables.ChainOutput, "ACCEPT", allow, from...)
		}
		// kubelet's question whether it lives
		add(tableRaw, iptables.ChainOutput, "NOTRACK", skip, "-p", "tcp", "-d", address, "--dport", opts.healthPort)
		add(tableRaw, iptables.ChainOutput, "NOTRACK", skip, "-p", "tcp", "-s", address, "--sport", opts.healthPort)
	}
	return rules
}
