package main

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var shop = &cluster{
	namespaces: map[string]labels.Set{"shop": {"team": "shop"}, "yard": {"team": "yard"}},
	pods: []pod{
		member("shop", "cart", "10.244.0.2", map[string]string{"app": "cart"}, map[portName]int32{{"web", "TCP"}: 8080}),
		member("shop", "stock", "10.244.1.2", map[string]string{"app": "stock"}, map[portName]int32{{"web", "TCP"}: 8081}),
		member("shop", "buyer", "10.244.0.3", map[string]string{"role": "buyer"}, nil),
		member("yard", "visitor", "10.244.1.3", map[string]string{"role": "buyer"}, nil),
	},
}

func member(namespace, name, address string, own map[string]string, ports map[portName]int32) pod {
	return pod{
		namespace: namespace, name: name, node: "node-a", labels: own, ports: ports,
		addresses: []netip.Addr{netip.MustParseAddr(address)},
	}
}

func matching(key, value string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: map[string]string{key: value}}
}

func TestPeersOfOneEntry(t *testing.T) {
	policy := &networkingv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "shop"}}
	for name, want := range map[string]struct {
		peer networkingv1.NetworkPolicyPeer
		pods string
	}{
		"pods of the own namespace":  {networkingv1.NetworkPolicyPeer{PodSelector: matching("role", "buyer")}, "buyer"},
		"an empty podSelector":       {networkingv1.NetworkPolicyPeer{PodSelector: &metav1.LabelSelector{}}, "cart stock buyer"},
		"a namespace":                {networkingv1.NetworkPolicyPeer{NamespaceSelector: matching("team", "yard")}, "visitor"},
		"an empty namespaceSelector": {networkingv1.NetworkPolicyPeer{NamespaceSelector: &metav1.LabelSelector{}}, "cart stock buyer visitor"},
		"both are AND": {networkingv1.NetworkPolicyPeer{
			NamespaceSelector: matching("team", "yard"), PodSelector: matching("app", "cart"),
		}, ""},
		"a block is no pod": {networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: "10.244.0.0/16"}}, ""},
		"nothing at all":    {networkingv1.NetworkPolicyPeer{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := namesOf(shop.peers(policy, want.peer)); got != want.pods {
				t.Errorf("got %q, want %q", got, want.pods)
			}
		})
	}
}

func namesOf(pods []pod) string {
	var names []string
	for _, pod := range pods {
		names = append(names, pod.name)
	}
	return strings.Join(names, " ")
}

func TestDirectionsOfPolicy(t *testing.T) {
	rules := []networkingv1.NetworkPolicyEgressRule{{}}
	for name, want := range map[string]struct {
		spec            networkingv1.NetworkPolicySpec
		ingress, egress bool
	}{
		"nothing said":      {networkingv1.NetworkPolicySpec{}, true, false},
		"egress rules":      {networkingv1.NetworkPolicySpec{Egress: rules}, true, true},
		"a list is final":   {networkingv1.NetworkPolicySpec{Egress: rules, PolicyTypes: []networkingv1.PolicyType{"Ingress"}}, true, false},
		"egress alone":      {networkingv1.NetworkPolicySpec{PolicyTypes: []networkingv1.PolicyType{"Egress"}}, false, true},
		"both without rule": {networkingv1.NetworkPolicySpec{PolicyTypes: []networkingv1.PolicyType{"Ingress", "Egress"}}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			policy := &networkingv1.NetworkPolicy{Spec: want.spec}
			if got := ingress.isolates(policy); got != want.ingress {
				t.Errorf("ingress %v", got)
			}
			if got := egress.isolates(policy); got != want.egress {
				t.Errorf("egress %v", got)
			}
		})
	}
}

func TestPortOptions(t *testing.T) {
	udp, sctp, end := corev1.ProtocolUDP, corev1.ProtocolSCTP, int32(8085)
	number, web, absent := intstr.FromInt32(8081), intstr.FromString("web"), intstr.FromString("absent")
	for name, want := range map[string]struct {
		ports   []networkingv1.NetworkPolicyPort
		options string
	}{
		"no ports":            {nil, ""},
		"TCP when not said":   {[]networkingv1.NetworkPolicyPort{{Port: &number}}, " -p tcp --dport 8081"},
		"a protocol alone":    {[]networkingv1.NetworkPolicyPort{{Protocol: &udp}}, " -p udp"},
		"a range":             {[]networkingv1.NetworkPolicyPort{{Port: &number, EndPort: &end, Protocol: &sctp}}, " -p sctp --dport 8081:8085"},
		"a name, by each pod": {[]networkingv1.NetworkPolicyPort{{Port: &web}}, " -p tcp --dport 8080; -p tcp --dport 8081"},
		"a name, other proto": {[]networkingv1.NetworkPolicyPort{{Port: &web, Protocol: &udp}}, "none"},
		"an unknown name":     {[]networkingv1.NetworkPolicyPort{{Port: &absent}}, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			got := []string{}
			for _, match := range portMatches(want.ports, shop.pods) {
				got = append(got, portOptions(match))
			}
			text := strings.Join(got, ";")
			if len(got) == 0 {
				text = "none"
			}
			if text != want.options {
				t.Errorf("got %q, want %q", text, want.options)
			}
		})
	}
}

func TestBlockMembers(t *testing.T) {
	for name, want := range map[string]struct {
		cidr    string
		except  []string
		family  *family
		members string
	}{
		"a block":               {"10.1.2.3/16", nil, ipv4, "10.1.0.0/16"},
		"with except":           {"10.0.0.0/8", []string{"10.1.0.0/16"}, ipv4, "10.0.0.0/8;10.1.0.0/16 nomatch"},
		"the whole of IPv4":     {"0.0.0.0/0", nil, ipv4, "0.0.0.0/1;128.0.0.0/1"},
		"all but one half":      {"0.0.0.0/0", []string{"128.0.0.0/1"}, ipv4, "0.0.0.0/1;128.0.0.0/1 nomatch"},
		"the whole of IPv6":     {"::/0", nil, ipv6, "8000::/1;::/1"},
		"of the other family":   {"fd00::/8", nil, ipv4, ""},
		"IPv6 with its address": {"fd00::1/128", nil, ipv6, "fd00::1/128"},
	} {
		t.Run(name, func(t *testing.T) {
			members := blockMembers(&networkingv1.IPBlock{CIDR: want.cidr, Except: want.except}, want.family)
			slices.Sort(members)
			if got := strings.Join(members, ";"); got != want.members {
				t.Errorf("got %q, want %q", got, want.members)
			}
		})
	}
}

func TestPodsThatMatter(t *testing.T) {
	always := corev1.ContainerRestartPolicyAlways
	sample := func(change func(*corev1.Pod)) *corev1.Pod {
		made := &corev1.Pod{
			Spec: corev1.PodSpec{
				Containers: []corev1.Container{{Ports: []corev1.ContainerPort{{Name: "web", ContainerPort: 80}}}},
				InitContainers: []corev1.Container{
					{Ports: []corev1.ContainerPort{{Name: "once", ContainerPort: 81}}},
					{Ports: []corev1.ContainerPort{{Name: "proxy", ContainerPort: 82}}, RestartPolicy: &always},
				},
			},
			Status: corev1.PodStatus{Phase: corev1.PodRunning, PodIPs: []corev1.PodIP{{IP: "10.244.0.2"}, {IP: "fd00::2"}}},
		}
		change(made)
		return made
	}
	for name, want := range map[string]struct {
		change  func(*corev1.Pod)
		matters bool
	}{
		"a running pod":     {func(*corev1.Pod) {}, true},
		"one that is going": {func(p *corev1.Pod) { now := metav1.Now(); p.DeletionTimestamp = &now }, true},
		"a host's network":  {func(p *corev1.Pod) { p.Spec.HostNetwork = true }, false},
		"one that is done":  {func(p *corev1.Pod) { p.Status.Phase = corev1.PodSucceeded }, false},
		"one that failed":   {func(p *corev1.Pod) { p.Status.Phase = corev1.PodFailed }, false},
		"without address":   {func(p *corev1.Pod) { p.Status.PodIPs = nil }, false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, got := readPod(sample(want.change)); got != want.matters {
				t.Errorf("matters: %v", got)
			}
		})
	}
	found, _ := readPod(sample(func(*corev1.Pod) {}))
	if len(found.addresses) != 2 || len(found.ports) != 2 || found.ports[portName{"proxy", "TCP"}] != 82 {
		t.Errorf("addresses %v, ports %v", found.addresses, found.ports)
	}
}
