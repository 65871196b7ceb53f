package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/klog/v2"
)

func portOf(backend *networkingv1.IngressServiceBackend) string {
	if backend.Port.Name != "" {
		return backend.Port.Name
	}
	return strconv.Itoa(int(backend.Port.Number))
}

// endpoints gives host:port of every ready one, as pods have them: the Service's own address is not used.
func (s *store) endpoints(namespace, name, port string) ([]string, error) {
	key := namespace + "/" + name
	service, err := s.services.Services(namespace).Get(name)
	if err != nil {
		return nil, fmt.Errorf("no object matching key %q in local store", key)
	}
	var found []string
	if service.Spec.Type == corev1.ServiceTypeExternalName {
		found = s.external(service, port)
	} else {
		at := slices.IndexFunc(service.Spec.Ports, func(one corev1.ServicePort) bool {
			return strconv.Itoa(int(one.Port)) == port || one.TargetPort.String() == port || one.Name == port
		})
		if at < 0 {
			return nil, nil // an unknown port is no error there, and no line in the log
		}
		found = s.ready(service, service.Spec.Ports[at])
	}
	if len(found) == 0 {
		klog.Warningf("Service %q does not have any active Endpoint.", key)
	}
	return found, nil
}

func (s *store) ready(service *corev1.Service, port corev1.ServicePort) []string {
	all, _ := s.slices.EndpointSlices(service.Namespace).List(labels.SelectorFromSet(labels.Set{
		discoveryv1.LabelServiceName: service.Name,
	}))
	var found []string
	for _, slice := range all {
		for _, number := range portsOf(slice, port) {
			for _, endpoint := range slice.Endpoints {
				if endpoint.Conditions.Ready != nil && !*endpoint.Conditions.Ready {
					continue
				}
				for _, address := range endpoint.Addresses {
					found = append(found, net.JoinHostPort(address, strconv.Itoa(int(number))))
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func portsOf(slice *discoveryv1.EndpointSlice, port corev1.ServicePort) []int32 {
	if len(slice.Ports) == 0 && port.TargetPort.IntVal > 0 {
		return []int32{port.TargetPort.IntVal}
	}
	var numbers []int32
	for _, one := range slice.Ports {
		tcp := one.Protocol == nil || *one.Protocol == corev1.ProtocolTCP
		named := port.Name == "" || (one.Name != nil && *one.Name == port.Name)
		if tcp && named && one.Port != nil {
			numbers = append(numbers, *one.Port)
		}
	}
	return numbers
}

// One name that does not resolve would make nginx refuse the whole configuration.
func (s *store) external(service *corev1.Service, port string) []string {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	addresses, err := net.DefaultResolver.LookupHost(ctx, service.Spec.ExternalName)
	if _, number := strconv.Atoi(port); number != nil {
		err = errors.New("its port has to be a number")
	}
	if err != nil {
		klog.Errorf("failed to resolve %q of Service %q: %v", service.Spec.ExternalName, keyOf(service), err)
		return nil
	}
	for at, address := range addresses {
		addresses[at] = net.JoinHostPort(address, port)
	}
	slices.Sort(addresses)
	return addresses
}
