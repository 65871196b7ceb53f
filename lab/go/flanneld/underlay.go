package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/flannel-io/flannel/pkg/backend"
	"github.com/flannel-io/flannel/pkg/ipmatch"
	"github.com/flannel-io/flannel/pkg/subnet"
	log "k8s.io/klog/v2"
)

// An annotation of the node wins over the flags; without either the default route decides.
func findUnderlay(ctx context.Context, opts options, subnets subnet.Manager, config *subnet.Config) (*backend.ExternalInterface, error) {
	stack, err := ipmatch.GetIPFamily(config.EnableIPv4, config.EnableIPv6)
	if err != nil {
		return nil, err
	}
	public := ipmatch.PublicIPOpts{PublicIP: opts.publicIP, PublicIPv6: opts.publicIPv6}
	stored, stored6 := subnets.GetStoredPublicIP(ctx)
	if stored != "" {
		public.PublicIP = stored
	}
	if stored6 != "" {
		public.PublicIPv6 = stored6
	}
	if len(opts.iface) == 0 && len(opts.ifaceRegex) == 0 && opts.ifaceCanReach == "" {
		wanted := public.PublicIP
		if wanted == "" {
			wanted = public.PublicIPv6
		}
		found, err := ipmatch.LookupExtIface(wanted, "", "", stack, public)
		if err != nil {
			return nil, fmt.Errorf("Failed to find any valid interface to use: %w", err)
		}
		return found, nil
	}
	for _, ask := range questions(opts) {
		found, err := ipmatch.LookupExtIface(ask.iface, ask.regex, ask.canReach, stack, public)
		if err == nil && found != nil {
			return found, nil
		}
		log.Infof("Could not find valid interface matching %s: %s", ask.iface+ask.regex+ask.canReach, err)
	}
	return nil, errors.New("Failed to find interface to use that matches the interfaces and/or regexes provided")
}

type question struct{ iface, regex, canReach string }

func questions(opts options) []question {
	var all []question
	for _, iface := range opts.iface {
		all = append(all, question{iface: iface})
	}
	for _, regex := range opts.ifaceRegex {
		all = append(all, question{regex: regex})
	}
	if opts.ifaceCanReach != "" {
		all = append(all, question{canReach: opts.ifaceCanReach})
	}
	return all
}
