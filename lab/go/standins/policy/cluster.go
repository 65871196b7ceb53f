package main

import (
	"log"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// cluster is what the API server said at one moment.
type cluster struct {
	pods       []pod
	namespaces map[string]labels.Set
	policies   []*networkingv1.NetworkPolicy
}

// selected are the pods that the policy is about, on every node.
func (c *cluster) selected(policy *networkingv1.NetworkPolicy) []pod {
	return c.podsWhere(inNamespace(policy.Namespace), selects(&policy.Spec.PodSelector))
}

// peers are the pods that one entry of `from` or `to` names; both selectors in one entry are an AND.
func (c *cluster) peers(policy *networkingv1.NetworkPolicy, peer networkingv1.NetworkPolicyPeer) []pod {
	where := inNamespace(policy.Namespace)
	switch {
	case peer.IPBlock != nil, peer.NamespaceSelector == nil && peer.PodSelector == nil:
		return nil
	case peer.NamespaceSelector != nil:
		matches := selects(peer.NamespaceSelector)
		where = func(namespace string) bool {
			known, exists := c.namespaces[namespace]
			return exists && matches(known)
		}
	}
	if peer.PodSelector == nil {
		return c.podsWhere(where, func(labels.Set) bool { return true })
	}
	return c.podsWhere(where, selects(peer.PodSelector))
}

func (c *cluster) podsWhere(namespace func(string) bool, matches func(labels.Set) bool) []pod {
	var found []pod
	for _, pod := range c.pods {
		if namespace(pod.namespace) && matches(pod.labels) {
			found = append(found, pod)
		}
	}
	return found
}

func inNamespace(name string) func(string) bool {
	return func(namespace string) bool { return namespace == name }
}

func selects(selector *metav1.LabelSelector) func(labels.Set) bool {
	compiled, err := metav1.LabelSelectorAsSelector(selector)
	if err != nil {
		log.Printf("a selector that the API server should have refused: %v", err)
		compiled = labels.Nothing()
	}
	return func(of labels.Set) bool { return compiled.Matches(of) }
}
