package main

import (
	"maps"
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// portMatch is one way to say which ports: as options of iptables, and for a named port the pods that give it this number.
type portMatch struct {
	protocol corev1.Protocol
	// One port, a range, or nothing: then every port of the protocol.
	dport string
	// Of a named port, with the pods that give it this number.
	name      string
	receivers []pod
}

// portMatches resolves a named port on each pod that would receive the traffic: pods may give one name different numbers.
func portMatches(ports []networkingv1.NetworkPolicyPort, receivers []pod) []portMatch {
	if len(ports) == 0 {
		return []portMatch{{}}
	}
	var matches []portMatch
	for _, port := range ports {
		protocol := corev1.ProtocolTCP
		if port.Protocol != nil {
			protocol = protocolOr(*port.Protocol)
		}
		switch {
		case port.Port == nil:
			matches = append(matches, portMatch{protocol: protocol})
		case port.Port.Type == intstr.String:
			matches = append(matches, namedMatches(portName{port.Port.StrVal, protocol}, receivers)...)
		default:
			matches = append(matches, portMatch{protocol: protocol, dport: dportOf(port)})
		}
	}
	return matches
}

func dportOf(port networkingv1.NetworkPolicyPort) string {
	first := strconv.Itoa(int(port.Port.IntVal))
	if port.EndPort == nil || *port.EndPort == port.Port.IntVal {
		return first
	}
	return first + ":" + strconv.Itoa(int(*port.EndPort))
}

func namedMatches(name portName, receivers []pod) []portMatch {
	byNumber := map[int32][]pod{}
	for _, receiver := range receivers {
		if number, declared := receiver.ports[name]; declared {
			byNumber[number] = append(byNumber[number], receiver)
		}
	}
	var matches []portMatch
	for _, number := range slices.Sorted(maps.Keys(byNumber)) {
		matches = append(matches, portMatch{
			protocol: name.protocol, dport: strconv.Itoa(int(number)), name: name.name, receivers: byNumber[number],
		})
	}
	return matches
}
