package main

import "net/netip"

// podChain is what each packet from or to a pod of this node goes through. It accepts nothing that a second pod's
// chain might have to judge as well, but marks it.
func (b *builder) podChain(pod pod, address netip.Addr) {
	chain := hashed(podPrefix, pod.namespace, pod.name, b.family.ipset)
	about := pod.name + " namespace: " + pod.namespace
	host := address.String() + b.family.hostBits
	b.add(chain, comment("rule for stateful firewall for pod")+" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
	b.add(chain, comment("rule to drop invalid state for pod")+" -m conntrack --ctstate INVALID -j DROP")
	for _, kind := range b.family.neighbourDiscovery {
		b.add(chain, "-p icmpv6 "+comment("allow "+kind+" messages")+" -m icmp6 --icmpv6-type "+kind+" -j ACCEPT")
	}
	if !b.options.alsoBlockNode {
		// kube-router's own words. Kubernetes demands it: the kubelet's probes come from there.
		b.add(chain, "-d "+host+" "+comment("rule to permit the traffic traffic to pods when source is the pod's local node")+
			" -m addrtype --src-type LOCAL -j ACCEPT")
	}
	b.add(chain, "-s "+host+" -d "+host+" "+comment("rule to permit the traffic of the pod to itself")+" -j ACCEPT")
	b.jumps(chain, pod, host)
	unmarked := " -m mark ! --mark " + allowedMark
	b.add(chain, comment("rule to log dropped traffic POD name:"+about)+unmarked+
		" -m limit --limit 10/min --limit-burst 10 -j NFLOG --nflog-group 100")
	b.add(chain, comment("rule to REJECT traffic destined for POD name:"+about)+unmarked+
		" -j REJECT --reject-with "+b.family.reject)
	b.add(chain, "-j MARK --set-xmark 0x0/0x10000")
	b.add(chain, comment("set mark to ACCEPT traffic that comply to network policies")+
		" -j MARK --set-xmark "+passedMark)
	b.intercept(chain, about, host)
}

// jumps goes through the policies of the pod; a direction that no policy isolates is open.
func (b *builder) jumps(chain string, pod pod, host string) {
	for _, d := range []*direction{egress, ingress} {
		isolated := false
		for _, policy := range b.cluster.policies {
			if policy.Namespace != pod.namespace || !d.isolates(policy) || !selects(&policy.Spec.PodSelector)(pod.labels) {
				continue
			}
			isolated = true
			b.add(chain, d.podOption+" "+host+" "+comment("run through nw policy "+policy.Name)+
				" -j "+b.policyChainName(policy, d))
		}
		if !isolated {
			b.add(chain, d.podOption+" "+host+" "+comment("run through default "+d.name+" network policy chain")+
				" -j "+defaultPolicy)
		}
	}
}

// intercept: routed packets, those that the bridge hands to iptables without routing them, and those of the node itself.
func (b *builder) intercept(chain, about, host string) {
	to := "-d " + host + " " + comment("rule to jump traffic destined to POD name:"+about+" to chain "+chain) + " -j " + chain
	from := "-s " + host + " " + comment("rule to jump traffic from POD name:"+about+" to chain "+chain) + " -j " + chain
	const bridged = "-m physdev --physdev-is-bridged "
	for _, rule := range []string{to, bridged + to, from, bridged + from} {
		b.add(forwardChain, rule)
	}
	b.add(inputChain, from)
	b.add(outputChain, to)
	b.add(outputChain, from)
}
