package main

import (
	"net/netip"

	networkingv1 "k8s.io/api/networking/v1"
)

// blockMembers writes an ipBlock as members of a hash:net. Each block has a set of its own, because `nomatch` would
// also take away what another block of the same rule gives.
func blockMembers(block *networkingv1.IPBlock, f *family) []string {
	cidr, err := netip.ParsePrefix(block.CIDR)
	if err != nil || !f.has(cidr.Addr()) {
		return nil
	}
	excepted := map[netip.Prefix]bool{}
	for _, text := range block.Except {
		if except, err := netip.ParsePrefix(text); err == nil {
			excepted[except.Masked()] = true
		}
	}
	var members []string
	for _, part := range storable(cidr.Masked(), f) {
		if !excepted[part] {
			members = append(members, part.String())
		}
	}
	for except := range excepted {
		for _, part := range storable(except, f) {
			members = append(members, part.String()+" nomatch")
		}
	}
	return members
}

// A hash:net cannot hold a prefix of length 0 (ipset manual).
func storable(prefix netip.Prefix, f *family) []netip.Prefix {
	if prefix.Bits() == 0 {
		return f.halves[:]
	}
	return []netip.Prefix{prefix}
}
