package main

import (
	"bytes"
	"os"
	"strings"
	"time"

	clog "github.com/coredns/coredns/plugin/pkg/log"
)

const corefilePeriod = 10 * time.Second

// corefile fills the blanks in the Corefile of the ConfigMap; CoreDNS itself notices what was written and reloads.
type corefile struct {
	opts     options
	upstream string
	base     []byte
}

func newCorefile(opts options) *corefile {
	return &corefile{opts: opts, upstream: opts.upstream()}
}

func (c *corefile) update() {
	base, err := os.ReadFile(c.opts.baseCorefile)
	if err != nil {
		clog.Errorf("Failed to read node-cache coreFile %s - %v", c.opts.baseCorefile, err)
		setupErrors.WithLabelValues("configmap").Inc()
		return
	}
	if bytes.Equal(base, c.base) {
		return
	}
	c.base = base
	blanks := strings.NewReplacer(
		"__PILLAR__UPSTREAM__SERVERS__", "/etc/resolv.conf",
		"__PILLAR__CLUSTER__DNS__", c.upstream,
		"__PILLAR__LOCAL__DNS__", strings.Join(c.opts.addresses(), " "),
		"__PILLAR__DNS__SERVER__", "",
	)
	text := blanks.Replace(string(base))
	if err := os.WriteFile(c.opts.corefile, []byte(text), 0o666); err != nil {
		clog.Errorf("Failed to write config file %s - err %v", c.opts.corefile, err)
		setupErrors.WithLabelValues("configmap").Inc()
		return
	}
	clog.Infof("Updated Corefile with 0 custom stubdomains and upstream servers /etc/resolv.conf")
	clog.Infof("Using config file:\n%s", text)
}

func (c *corefile) watch() {
	for range time.Tick(corefilePeriod) {
		c.update()
	}
}
