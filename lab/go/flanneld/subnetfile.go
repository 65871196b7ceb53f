package main

import (
	"math/big"
	"net"
	"os"
	"strings"

	"github.com/flannel-io/flannel/pkg/ip"
	log "k8s.io/klog/v2"
)

// What a flanneld before this one wrote: rules for a subnet that the node no longer has must go.
type subnetFile struct {
	path   string
	values map[string]string
}

func readSubnetFile(path string) subnetFile {
	file := subnetFile{path: path, values: map[string]string{}}
	text, err := os.ReadFile(path)
	if err != nil {
		return file
	}
	for line := range strings.Lines(string(text)) {
		if key, value, found := strings.Cut(strings.TrimSpace(line), "="); found {
			file.values[key] = value
		}
	}
	return file
}

func (f subnetFile) v4(key string) ip.IP4Net {
	if network := f.network(key); network != nil {
		return ip.FromIPNet(network)
	}
	return ip.IP4Net{}
}

func (f subnetFile) v6(key string) ip.IP6Net {
	if network := f.network(key); network != nil {
		return ip.FromIP6Net(network)
	}
	return ip.IP6Net{IP: (*ip.IP6)(big.NewInt(0))}
}

func (f subnetFile) network(key string) *net.IPNet {
	value, known := f.values[key]
	if !known {
		log.Warningf("no subnet found for key: %s in file: %s", key, f.path)
		return nil
	}
	_, network, err := net.ParseCIDR(value)
	if err != nil {
		log.Errorf("Couldn't parse previous %s from subnet file at %s: %s", key, f.path, err)
		return nil
	}
	return network
}
