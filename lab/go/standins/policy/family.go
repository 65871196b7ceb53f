package main

import "net/netip"

type family struct {
	ipset, setPrefix   string
	save, restore      string
	hostBits, reject   string
	halves             [2]netip.Prefix
	neighbourDiscovery []string
}

var ipv4 = &family{
	ipset: "inet", save: "iptables-save", restore: "iptables-restore",
	hostBits: "/32", reject: "icmp-port-unreachable",
	halves: [2]netip.Prefix{netip.MustParsePrefix("0.0.0.0/1"), netip.MustParsePrefix("128.0.0.0/1")},
}

var ipv6 = &family{
	ipset: "inet6", setPrefix: "inet6:", save: "ip6tables-save", restore: "ip6tables-restore",
	hostBits: "/128", reject: "icmp6-port-unreachable",
	halves: [2]netip.Prefix{netip.MustParsePrefix("::/1"), netip.MustParsePrefix("8000::/1")},
	// What ARP is for IPv4, and no policy speaks of ARP.
	neighbourDiscovery: []string{"neighbour-solicitation", "neighbour-advertisement"},
}

func (f *family) has(address netip.Addr) bool { return address.Is4() == (f == ipv4) }
