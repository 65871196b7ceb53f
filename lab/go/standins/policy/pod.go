package main

import (
	"maps"
	"net/netip"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
)

type portName struct {
	name     string
	protocol corev1.Protocol
}

// pod is as much of a Pod as rules are made of.
type pod struct {
	namespace, name, node string
	labels                map[string]string
	addresses             []netip.Addr
	ports                 map[portName]int32
}

// readPod gives nothing for a pod that no policy can concern: one in the network of its node, one that is finished
// (its address may be another's by now), one that has no address yet.
func readPod(from *corev1.Pod) (pod, bool) {
	finished := from.Status.Phase == corev1.PodSucceeded || from.Status.Phase == corev1.PodFailed
	if from.Spec.HostNetwork || finished {
		return pod{}, false
	}
	found := pod{
		namespace: from.Namespace, name: from.Name, node: from.Spec.NodeName,
		labels: from.Labels, ports: portsOf(from),
	}
	for _, ip := range from.Status.PodIPs {
		if address, err := netip.ParseAddr(ip.IP); err == nil {
			found.addresses = append(found.addresses, address)
		}
	}
	return found, len(found.addresses) > 0
}

func portsOf(from *corev1.Pod) map[portName]int32 {
	containers := slices.Clone(from.Spec.Containers)
	for _, container := range from.Spec.InitContainers {
		// A sidecar runs as long as the pod; any other init container is over before the pod serves.
		if policy := container.RestartPolicy; policy != nil && *policy == corev1.ContainerRestartPolicyAlways {
			containers = append(containers, container)
		}
	}
	ports := map[portName]int32{}
	for _, container := range containers {
		for _, port := range container.Ports {
			if port.Name != "" {
				ports[portName{port.Name, protocolOr(port.Protocol)}] = port.ContainerPort
			}
		}
	}
	return ports
}

func protocolOr(given corev1.Protocol) corev1.Protocol {
	if given == "" {
		return corev1.ProtocolTCP
	}
	return given
}

// networkSince is when the pod got its address, as the kubelet says, so that an agent that restarts sees no new pods.
func networkSince(from *corev1.Pod) time.Time {
	for _, condition := range from.Status.Conditions {
		if condition.Type == corev1.PodReadyToStartContainers && condition.Status == corev1.ConditionTrue {
			return condition.LastTransitionTime.Time
		}
	}
	if from.Status.StartTime != nil {
		return from.Status.StartTime.Time
	}
	return from.CreationTimestamp.Time
}

func sameForPolicies(a, b *corev1.Pod) bool {
	address := func(x, y corev1.PodIP) bool { return x.IP == y.IP }
	return a.Status.Phase == b.Status.Phase && a.Spec.NodeName == b.Spec.NodeName &&
		slices.EqualFunc(a.Status.PodIPs, b.Status.PodIPs, address) && maps.Equal(a.Labels, b.Labels)
}
