package main

import (
	"fmt"
	"net"
	"slices"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/klog/v2"
)

const (
	defaultServer   = "_"
	defaultUpstream = "upstream-default-backend"
	defaultEndpoint = "127.0.0.1:8181"
)

// configuration is what nginx.tmpl draws.
type configuration struct {
	Global    settings
	Upstreams map[string]*upstream
	Servers   map[string]*server
	IPv6      bool
	OpenFiles uint64
	Checksum  uint64
}

type upstream struct {
	Servers []string
}

type server struct {
	Host        string
	Locations   []*location
	Certificate *certificate
	// Whether one of its Ingresses lists it under `tls`.
	Secure bool
}

type location struct {
	Path, Namespace, Ingress, Service, Port string
	Upstream                                string
	// The path as the Ingress has it.
	Asked    string
	PathType networkingv1.PathType
	Settings settings
	Logged   bool
}

func (s *store) configuration(ingresses []*networkingv1.Ingress) *configuration {
	global := s.global()
	c := &configuration{
		Global: global, IPv6: hasIPv6(), OpenFiles: openFiles(),
		Upstreams: map[string]*upstream{defaultUpstream: {Servers: []string{defaultEndpoint}}},
		Servers:   map[string]*server{},
	}
	certificates := s.certificates()
	c.Servers[defaultServer] = &server{Host: defaultServer, Certificate: certificates.standard}
	for _, ingress := range ingresses {
		s.addIngress(c, ingress)
	}
	for _, ingress := range ingresses {
		c.secure(ingress, certificates)
	}
	for _, one := range c.Servers {
		if one.Certificate == nil {
			one.Certificate = certificates.standard
		}
		c.addRoot(one)
		// The order of locations is nothing to nginx, but an order that changes would be a reload.
		slices.SortFunc(one.Locations, func(a, b *location) int { return strings.Compare(b.Path, a.Path) })
	}
	return c
}

func (s *store) addIngress(c *configuration, ingress *networkingv1.Ingress) {
	own := c.Global.of(ingress)
	blank := location{Namespace: ingress.Namespace, Ingress: ingress.Name, Settings: own, Logged: own.on("enable-access-log")}
	var fallback *location
	if backend := ingress.Spec.DefaultBackend; backend != nil && backend.Service != nil {
		one := blank
		s.point(c, &one, backend.Service)
		one.Path, one.Asked, one.PathType = "/", "/", networkingv1.PathTypePrefix
		fallback = &one
		if len(ingress.Spec.Rules) == 0 {
			c.Servers[defaultServer].add(one)
		}
	}
	for _, rule := range ingress.Spec.Rules {
		one := c.server(rule.Host)
		for _, path := range pathsOf(rule) {
			if path.Backend.Service == nil {
				continue
			}
			target := blank
			s.point(c, &target, path.Backend.Service)
			target.Asked, target.PathType = path.Path, *path.PathType
			one.addPath(target)
		}
		if fallback != nil && rule.Host != "" {
			one.add(*fallback)
		}
	}
}

// pathsOf fills in what ingress-nginx takes for granted.
func pathsOf(rule networkingv1.IngressRule) []networkingv1.HTTPIngressPath {
	if rule.HTTP == nil {
		return nil
	}
	paths := slices.Clone(rule.HTTP.Paths)
	for at := range paths {
		if paths[at].Path == "" {
			paths[at].Path = "/"
		}
		if kind := paths[at].PathType; kind == nil || *kind == networkingv1.PathTypeImplementationSpecific {
			prefix := networkingv1.PathTypePrefix
			paths[at].PathType = &prefix
		}
	}
	return paths
}

func (c *configuration) server(host string) *server {
	if host == "" {
		host = defaultServer
	}
	if c.Servers[host] == nil {
		c.Servers[host] = &server{Host: host}
	}
	return c.Servers[host]
}

// point makes the location lead to the Service; without endpoints the upstream stays empty.
func (s *store) point(c *configuration, to *location, backend *networkingv1.IngressServiceBackend) {
	to.Service, to.Port = backend.Name, portOf(backend)
	to.Upstream = fmt.Sprintf("%s-%s-%s", to.Namespace, to.Service, to.Port)
	if c.Upstreams[to.Upstream] != nil {
		return
	}
	c.Upstreams[to.Upstream] = &upstream{}
	found, err := s.endpoints(to.Namespace, to.Service, to.Port)
	if err != nil {
		klog.Warningf("Error obtaining Endpoints for Service %q: %v", to.Namespace+"/"+to.Service, err)
	}
	if service, e := s.services.Services(to.Namespace).Get(to.Service); to.Settings.on("service-upstream") && e == nil {
		found = []string{net.JoinHostPort(service.Spec.ClusterIP, to.Port)}
	}
	c.Upstreams[to.Upstream].Servers = thrice(found)
}

// nginx tries every server of an upstream once. ingress-nginx asks its balancer up to proxy-next-upstream-tries times,
// which names a lone endpoint again.
func thrice(found []string) []string {
	all := found
	for len(found) > 0 && len(all) < 3 {
		all = slices.Concat(all, found)
	}
	return all
}

func (s *server) add(one location) {
	for _, other := range s.Locations {
		if other.Path == one.Path {
			return
		}
	}
	s.Locations = append(s.Locations, &one)
}

// A path of the type Prefix ends between two slashes, a location of nginx anywhere.
func (s *server) addPath(one location) {
	switch {
	case one.PathType == networkingv1.PathTypeExact:
		one.Path = "= " + one.Asked
		s.Locations = slices.DeleteFunc(s.Locations, func(other *location) bool {
			return other.Path == one.Path && other.PathType == networkingv1.PathTypePrefix
		})
		s.add(one)
	case strings.HasSuffix(one.Asked, "/"):
		one.Path = one.Asked
		s.add(one)
	default:
		exact := one
		one.Path, exact.Path = one.Asked+"/", "= "+one.Asked
		s.add(one)
		s.add(exact)
	}
}

func (c *configuration) addRoot(s *server) {
	s.add(location{Path: "/", Asked: "/", Upstream: defaultUpstream, Settings: c.Global, Logged: s.Host != defaultServer})
}
