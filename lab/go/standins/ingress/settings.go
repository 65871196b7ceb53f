package main

import (
	"strconv"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/klog/v2"
)

const annotationPrefix = "nginx.ingress.kubernetes.io/"

// settings are known by the same names in the ConfigMap, for all, and as annotations, for one Ingress.
type settings map[string]string

// The defaults of ingress-nginx, docs/user-guide/nginx-configuration/configmap.md.
var defaults = settings{
	"proxy-connect-timeout":          "5",
	"proxy-read-timeout":             "60",
	"proxy-send-timeout":             "60",
	"proxy-body-size":                "1m",
	"proxy-buffer-size":              "4k",
	"proxy-buffers-number":           "4",
	"proxy-buffering":                "off",
	"proxy-request-buffering":        "on",
	"proxy-http-version":             "1.1",
	"proxy-next-upstream":            "error timeout",
	"proxy-next-upstream-timeout":    "0",
	"proxy-next-upstream-tries":      "3",
	"backend-protocol":               "HTTP",
	"ssl-redirect":                   "true",
	"force-ssl-redirect":             "false",
	"enable-access-log":              "true",
	"service-upstream":               "false",
	"http-redirect-code":             "308",
	"use-proxy-protocol":             "false",
	"proxy-real-ip-cidr":             "0.0.0.0/0",
	"keep-alive":                     "75",
	"keep-alive-requests":            "1000",
	"upstream-keepalive-connections": "320",
	"upstream-keepalive-time":        "1h",
	"upstream-keepalive-timeout":     "60",
	"upstream-keepalive-requests":    "10000",
	"client-header-buffer-size":      "1k",
	"client-header-timeout":          "60",
	"client-body-buffer-size":        "8k",
	"client-body-timeout":            "60",
	"large-client-header-buffers":    "4 8k",
	"worker-processes":               "auto",
	"worker-shutdown-timeout":        "240s",
	"max-worker-connections":         "16384",
	"error-log-level":                "notice",
	"ssl-protocols":                  "TLSv1.2 TLSv1.3",
}

// Numbers, and what is only on or off; anything else there is passed over, as ingress-nginx does.
var (
	numeric = names("proxy-connect-timeout proxy-read-timeout proxy-send-timeout proxy-buffers-number proxy-next-upstream-timeout " +
		"proxy-next-upstream-tries http-redirect-code keep-alive keep-alive-requests upstream-keepalive-connections " +
		"upstream-keepalive-timeout upstream-keepalive-requests client-header-timeout client-body-timeout max-worker-connections")
	boolean  = names("ssl-redirect force-ssl-redirect enable-access-log service-upstream use-proxy-protocol")
	protocol = names("HTTP HTTPS GRPC GRPCS AUTO_HTTP")
)

func names(list string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(list) {
		set[name] = true
	}
	return set
}

func (s settings) with(values map[string]string, prefix, of string) settings {
	merged := settings{}
	for name, value := range s {
		merged[name] = value
		given, ok := values[prefix+name]
		if !ok {
			continue
		}
		if reason := wrong(name, given); reason != "" {
			klog.Warningf("error reading %s %q of %s: %s", name, given, of, reason)
			continue
		}
		merged[name] = given
	}
	return merged
}

func wrong(name, value string) string {
	if _, err := strconv.Atoi(value); numeric[name] && err != nil {
		return "it is not a valid number"
	}
	if _, err := strconv.ParseBool(value); boolean[name] && err != nil {
		return "it is not a valid bool"
	}
	if name == "backend-protocol" && !protocol[strings.ToUpper(value)] {
		return "Protocol is not valid"
	}
	return ""
}

func (s settings) on(name string) bool {
	yes, _ := strconv.ParseBool(s[name])
	return yes
}

func (s *store) global() settings {
	namespace, name := splitKey(s.options.configMap)
	config, err := s.configMaps.ConfigMaps(namespace).Get(name)
	if err != nil {
		return defaults
	}
	return defaults.with(config.Data, "", "ConfigMap "+s.options.configMap)
}

func (s settings) of(ingress *networkingv1.Ingress) settings {
	return s.with(ingress.Annotations, annotationPrefix, "Ingress "+keyOf(ingress))
}
