package main

import (
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
)

// rule is an ingress rule or an egress rule: they differ in nothing but the names of their fields.
type rule struct {
	peers []networkingv1.NetworkPolicyPeer
	ports []networkingv1.NetworkPolicyPort
}

// direction is what differs between ingress and egress when rules are written.
type direction struct {
	name string
	// How a packet of a pod is recognised in this direction.
	podOption             string
	ownPrefix, peerPrefix string
	rules                 func(*networkingv1.NetworkPolicy) []rule
	// What kube-router says of a rule, by the sort of its peers.
	toAll, toPods, toBlock string
}

var ingress = &direction{
	name: "ingress", podOption: "-d", ownPrefix: destPrefix, peerPrefix: sourcePrefix,
	rules: func(policy *networkingv1.NetworkPolicy) []rule {
		var all []rule
		for _, given := range policy.Spec.Ingress {
			all = append(all, rule{given.From, given.Ports})
		}
		return all
	},
	toAll:   "rule to ACCEPT traffic from all sources to dest pods selected by policy name: ",
	toPods:  "rule to ACCEPT traffic from source pods to dest pods selected by policy name ",
	toBlock: "rule to ACCEPT traffic from specified ipBlocks to dest pods selected by policy name: ",
}

var egress = &direction{
	name: "egress", podOption: "-s", ownPrefix: sourcePrefix, peerPrefix: destPrefix,
	rules: func(policy *networkingv1.NetworkPolicy) []rule {
		var all []rule
		for _, given := range policy.Spec.Egress {
			all = append(all, rule{given.To, given.Ports})
		}
		return all
	},
	toAll:   "rule to ACCEPT traffic from source pods to all destinations selected by policy name: ",
	toPods:  "rule to ACCEPT traffic from source pods to dest pods selected by policy name ",
	toBlock: "rule to ACCEPT traffic from source pods to specified ipBlocks selected by policy name: ",
}

// isolates tells whether the policy speaks of the direction at all. A list of types is final; without one, ingress
// always, and egress if the policy has a rule for it.
func (d *direction) isolates(policy *networkingv1.NetworkPolicy) bool {
	if types := policy.Spec.PolicyTypes; len(types) > 0 {
		wanted := networkingv1.PolicyTypeIngress
		if d == egress {
			wanted = networkingv1.PolicyTypeEgress
		}
		return slices.Contains(types, wanted)
	}
	return d == ingress || len(policy.Spec.Egress) > 0
}
