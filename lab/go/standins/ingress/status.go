package main

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"slices"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/klog/v2"
)

func (c *controller) writeStatus(ctx context.Context, served []*networkingv1.Ingress) error {
	wanted := c.store.addresses(c.pod)
	var failed []error
	for _, ingress := range served {
		have := ingress.Status.LoadBalancer.Ingress
		if reflect.DeepEqual(have, wanted) || len(have)+len(wanted) == 0 {
			continue
		}
		klog.InfoS("updating Ingress status", "namespace", ingress.Namespace, "ingress", ingress.Name,
			"currentValue", have, "newValue", wanted)
		changed := ingress.DeepCopy()
		changed.Status.LoadBalancer.Ingress = wanted
		_, err := c.client.NetworkingV1().Ingresses(ingress.Namespace).UpdateStatus(ctx, changed, metav1.UpdateOptions{})
		if apierrors.IsNotFound(err) || apierrors.IsConflict(err) { // the watch brings what has happened
			continue
		}
		if err != nil {
			klog.Warningf("error updating ingress rule: %v", err)
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// addresses are those of the published Service, or while it has none those of the nodes that run the controller.
func (s *store) addresses(own *corev1.Pod) []networkingv1.IngressLoadBalancerIngress {
	var found []networkingv1.IngressLoadBalancerIngress
	namespace, name := splitKey(s.options.publishService)
	if service, err := s.services.Services(namespace).Get(name); err == nil {
		for _, one := range service.Status.LoadBalancer.Ingress {
			found = append(found, networkingv1.IngressLoadBalancerIngress{IP: one.IP, Hostname: one.Hostname})
		}
	}
	if len(found) == 0 {
		found = s.nodeAddresses(own)
	}
	slices.SortFunc(found, func(a, b networkingv1.IngressLoadBalancerIngress) int {
		return cmp.Or(cmp.Compare(a.IP, b.IP), cmp.Compare(a.Hostname, b.Hostname))
	})
	return slices.CompactFunc(found, func(a, b networkingv1.IngressLoadBalancerIngress) bool {
		return a.IP == b.IP && a.Hostname == b.Hostname
	})
}

func (s *store) nodeAddresses(own *corev1.Pod) []networkingv1.IngressLoadBalancerIngress {
	same := labels.Set{}
	for name, value := range own.Labels {
		if name != "pod-template-hash" {
			same[name] = value
		}
	}
	pods, _ := s.pods.List(labels.SelectorFromSet(same))
	var found []networkingv1.IngressLoadBalancerIngress
	for _, pod := range pods {
		if pod.DeletionTimestamp == nil && pod.Status.Phase == corev1.PodRunning {
			found = append(found, networkingv1.IngressLoadBalancerIngress{IP: pod.Status.HostIP})
		}
	}
	return found
}
