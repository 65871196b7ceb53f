package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"syscall"
	"text/template"
)

//go:embed nginx.tmpl
var text string

var drawing = template.Must(template.New("nginx.conf").Funcs(template.FuncMap{
	"either": func(yes bool, then, otherwise string) string {
		if yes {
			return then
		}
		return otherwise
	},
}).Parse(text))

// draw gives the same text for the same configuration, so that a comparison tells whether a reload is needed.
func (c *configuration) draw() ([]byte, error) {
	c.Checksum = 0
	for {
		var out bytes.Buffer
		if err := drawing.Execute(&out, c); err != nil {
			return nil, err
		}
		if c.Checksum != 0 {
			return out.Bytes(), nil
		}
		hash := sha256.Sum256(out.Bytes())
		c.Checksum = binary.BigEndian.Uint64(hash[:]) | 1
	}
}

func (s settings) Get(name string) string { return s[name] }
func (s settings) On(name string) bool    { return s.on(name) }

func (c *configuration) Flag(name, word string) string {
	if c.Global.on(name) {
		return word
	}
	return ""
}

func (l *location) protocol() string { return strings.ToUpper(l.Settings["backend-protocol"]) }

func (l *location) OverGRPC() bool {
	return l.Upstream != defaultUpstream && strings.HasPrefix(l.protocol(), "GRPC")
}

func (l *location) HeaderDirective() string {
	if l.OverGRPC() {
		return "grpc_set_header"
	}
	return "proxy_set_header"
}

func (l *location) Pass() string {
	if l.Upstream == defaultUpstream {
		return "proxy_pass http://" + l.Upstream
	}
	switch l.protocol() {
	case "HTTPS":
		return "proxy_pass https://" + l.Upstream
	case "AUTO_HTTP":
		return "proxy_pass $scheme://" + l.Upstream
	case "GRPC":
		return "grpc_pass grpc://" + l.Upstream
	case "GRPCS":
		return "grpc_pass grpcs://" + l.Upstream
	}
	return "proxy_pass http://" + l.Upstream
}

// Whether any address but the loopback's is an IPv6 one.
func hasIPv6() bool {
	table, _ := os.ReadFile("/proc/net/if_inet6")
	for line := range strings.Lines(string(table)) {
		fields := strings.Fields(line)
		if len(fields) == 6 && fields[3] == "00" { // scope global
			return true
		}
	}
	return false
}

// As many as nginx may have at most, less a reserve.
func openFiles() uint64 {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1024
	}
	return max(limit.Max-1024, 1024)
}
