package main

import (
	"slices"
	"strconv"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
)

// peerMatch is one way to say who may talk: a set of addresses, or nobody in particular.
type peerMatch struct {
	set     string
	comment string
	pods    []pod
	block   bool
}

// ruleSite is where a rule is written, and what its sets are named after.
type ruleSite struct {
	*direction
	chain, own string
	parts      []string
}

// A chain for each direction, where kube-router has one for both: with one, an egress rule that allows pods to call
// each other would let them in as well, although no ingress rule does.
func (b *builder) policyChain(policy *networkingv1.NetworkPolicy, d *direction) {
	chain := b.policyChainName(policy, d)
	b.chains[chain] = nil
	targets := b.cluster.selected(policy)
	own, any := b.podSet(d.ownPrefix, targets, policy.Namespace, policy.Name)
	if !any {
		return
	}
	for at, rule := range d.rules(policy) {
		site := ruleSite{d, chain, own, []string{policy.Namespace, policy.Name, d.name + "rule" + strconv.Itoa(at)}}
		for _, peer := range b.peerMatches(policy, site, rule) {
			receivers := peer.pods
			if d == ingress {
				receivers = targets
			}
			peer.comment += policy.Name + " namespace " + policy.Namespace
			for _, port := range portMatches(rule.ports, receivers) {
				b.allow(site, peer, port)
			}
		}
	}
}

func (b *builder) allow(site ruleSite, peer peerMatch, port portMatch) {
	source, dests := site.own, []string{peer.set}
	if site.direction == ingress {
		source, dests = peer.set, []string{site.own}
	}
	if port.name != "" {
		named, any := b.podSet(destPrefix, port.receivers,
			site.with(peer.set, port.name, string(port.protocol), port.dport, "namedport")...)
		if !any {
			return
		}
		// A block may hold more than the pods that declare the port.
		if !peer.block || site.direction == ingress {
			dests = nil
		}
		dests = append(dests, named)
	}
	match := comment(peer.comment) + matchSet(source, "src")
	for _, dest := range dests {
		match += matchSet(dest, "dst")
	}
	match += portOptions(port)
	b.add(site.chain, match+" -j MARK --set-xmark "+allowedMark)
	b.add(site.chain, match+" -m mark --mark "+allowedMark+" -j RETURN")
}

func (s ruleSite) with(more ...string) []string { return slices.Concat(s.parts, more) }

func (b *builder) policyChainName(policy *networkingv1.NetworkPolicy, d *direction) string {
	return hashed(policyPrefix, policy.Namespace, policy.Name, d.name, b.family.ipset)
}

// No entry at all means everybody; all entries that name pods share one set.
func (b *builder) peerMatches(policy *networkingv1.NetworkPolicy, site ruleSite, rule rule) []peerMatch {
	if len(rule.peers) == 0 {
		return []peerMatch{{comment: site.toAll, pods: b.cluster.pods}}
	}
	var matches []peerMatch
	var pods []pod
	for at, peer := range rule.peers {
		pods = append(pods, b.cluster.peers(policy, peer)...)
		if peer.IPBlock == nil {
			continue
		}
		if members := blockMembers(peer.IPBlock, b.family); len(members) > 0 {
			set := b.set(site.peerPrefix, "hash:net", members, site.with("ipblock"+strconv.Itoa(at))...)
			matches = append(matches, peerMatch{set: set, comment: site.toBlock, pods: b.cluster.pods, block: true})
		}
	}
	if set, any := b.podSet(site.peerPrefix, pods, site.with("pod")...); any {
		matches = append(matches, peerMatch{set: set, comment: site.toPods, pods: pods})
	}
	return matches
}

func matchSet(set, side string) string {
	if set == "" {
		return ""
	}
	return " -m set --match-set " + set + " " + side
}

func portOptions(port portMatch) string {
	if port.protocol == "" {
		return ""
	}
	options := " -p " + strings.ToLower(string(port.protocol))
	if port.dport != "" {
		options += " --dport " + port.dport
	}
	return options
}
