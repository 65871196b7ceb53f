package main

import (
	"net/netip"
	"slices"
	"strings"
)

// options are what a fault changes, and where addresses of Services are.
type options struct {
	node          string
	alsoBlockNode bool
	services      []netip.Prefix
	nodePorts     string
}

type set struct {
	kind    string
	members []string
}

// builder writes what one node should have for one family of addresses.
type builder struct {
	cluster *cluster
	family  *family
	options options
	chains  map[string][]string
	sets    map[string]set
}

func build(c *cluster, f *family, o options) *builder {
	b := &builder{cluster: c, family: f, options: o, chains: map[string][]string{}, sets: map[string]set{}}
	b.topChains()
	for _, policy := range c.policies {
		for _, d := range []*direction{ingress, egress} {
			if d.isolates(policy) {
				b.policyChain(policy, d)
			}
		}
	}
	for _, pod := range c.pods {
		for _, address := range pod.addresses {
			if pod.node == o.node && f.has(address) {
				b.podChain(pod, address)
			}
		}
	}
	return b
}

func (b *builder) topChains() {
	b.chains[forwardChain], b.chains[outputChain] = nil, nil
	for _, services := range b.options.services {
		if b.family.has(services.Addr()) {
			b.add(inputChain, stamped(inputChain, "-m", "comment", "--comment",
				"allow traffic to primary/secondary cluster IP range", "-d", services.String(), "-j", "RETURN"))
		}
	}
	for _, protocol := range []string{"tcp", "udp"} {
		b.add(inputChain, stamped(inputChain, "-p", protocol, "-m", "comment", "--comment",
			"allow LOCAL "+strings.ToUpper(protocol)+" traffic to node ports", "-m", "addrtype", "--dst-type", "LOCAL",
			"-m", "multiport", "--dports", b.options.nodePorts, "-j", "RETURN"))
	}
	b.add(defaultPolicy, comment("rule to mark traffic matching a network policy")+" -j MARK --set-xmark "+allowedMark)
}

func (b *builder) add(chain, rule string) { b.chains[chain] = append(b.chains[chain], rule) }

// podSet makes a set of the pods' addresses; none of this family means that there is nothing to match.
func (b *builder) podSet(prefix string, pods []pod, parts ...string) (string, bool) {
	var members []string
	for _, pod := range pods {
		for _, address := range pod.addresses {
			if b.family.has(address) {
				members = append(members, address.String())
			}
		}
	}
	if len(members) == 0 {
		return "", false
	}
	return b.set(prefix, "hash:ip", members, parts...), true
}

func (b *builder) set(prefix, kind string, members []string, parts ...string) string {
	name := hashed(b.family.setPrefix+prefix, append(parts, b.family.ipset)...)
	slices.Sort(members)
	b.sets[name] = set{kind: kind, members: slices.Compact(members)}
	return name
}
