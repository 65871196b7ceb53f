package main

import (
	"cmp"
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
)

// The caches of the API server's objects have no order; without one, equal rules would look different each time.

func sorted(policies []*networkingv1.NetworkPolicy) []*networkingv1.NetworkPolicy {
	return slices.SortedFunc(slices.Values(policies), func(a, b *networkingv1.NetworkPolicy) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
}

func sortPods(pods []pod) {
	slices.SortFunc(pods, func(a, b pod) int {
		return cmp.Or(cmp.Compare(a.namespace, b.namespace), cmp.Compare(a.name, b.name))
	})
}
