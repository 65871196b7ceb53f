package main

import (
	"errors"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
)

type subnetEnv struct {
	network, network6 []net.IPNet
	subnet, subnet6   *net.IPNet
	mtu               *uint
	ipMasq            *bool
}

func loadSubnetEnv(path string) (*subnetEnv, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	env := &subnetEnv{}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if err := env.set(key, value); err != nil {
			return nil, err
		}
	}
	if missing := env.missing(); len(missing) > 0 {
		return nil, errors.New(path + " is missing " + strings.Join(missing, ", "))
	}
	return env, nil
}

func (e *subnetEnv) set(key, value string) (err error) {
	switch key {
	case "FLANNEL_NETWORK":
		e.network, err = parseNetworks(value)
	case "FLANNEL_IPV6_NETWORK":
		e.network6, err = parseNetworks(value)
	case "FLANNEL_SUBNET":
		_, e.subnet, err = net.ParseCIDR(value)
	case "FLANNEL_IPV6_SUBNET":
		_, e.subnet6, err = net.ParseCIDR(value)
	case "FLANNEL_MTU":
		var parsed uint64
		parsed, err = strconv.ParseUint(value, 10, 32)
		mtu := uint(parsed)
		e.mtu = &mtu
	case "FLANNEL_IPMASQ":
		ipMasq := value == "true"
		e.ipMasq = &ipMasq
	}
	return err
}

func parseNetworks(value string) ([]net.IPNet, error) {
	var all []net.IPNet
	for text := range strings.SplitSeq(value, ",") {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return nil, err
		}
		same := func(known net.IPNet) bool { return known.String() == network.String() }
		if !slices.ContainsFunc(all, same) {
			all = append(all, *network)
		}
	}
	return all, nil
}

func (e *subnetEnv) missing() []string {
	var names []string
	if len(e.network) == 0 && len(e.network6) == 0 {
		names = append(names, "FLANNEL_NETWORK", "FLANNEL_IPV6_NETWORK")
	}
	if e.subnet == nil && e.subnet6 == nil {
		names = append(names, "FLANNEL_SUBNET", "FLANNEL_IPV6_SUBNET")
	}
	if e.mtu == nil {
		names = append(names, "FLANNEL_MTU")
	}
	if e.ipMasq == nil {
		names = append(names, "FLANNEL_IPMASQ")
	}
	return names
}

func (e *subnetEnv) networks() []net.IPNet { return slices.Concat(e.network, e.network6) }

func (e *subnetEnv) subnets() []net.IPNet {
	var all []net.IPNet
	for _, subnet := range []*net.IPNet{e.subnet, e.subnet6} {
		if subnet != nil {
			all = append(all, *subnet)
		}
	}
	return all
}
