package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"k8s.io/klog/v2"
)

const (
	program  = "/usr/sbin/nginx"
	confFile = "/etc/nginx/nginx.conf"
	scratch  = "/tmp/nginx"
)

type nginx struct {
	master  *exec.Cmd
	died    chan error
	ended   chan struct{}
	started atomic.Bool
	current []byte
}

func newNginx() (*nginx, error) {
	return &nginx{died: make(chan error, 1), ended: make(chan struct{})}, os.MkdirAll(scratch, 0o755)
}

func command(file string, more ...string) *exec.Cmd {
	return exec.Command(program, append([]string{"-c", file}, more...)...)
}

// test asks nginx about a configuration and gives its answer as ingress-nginx does.
func (n *nginx) test(content []byte) error {
	if len(content) == 0 {
		return errors.New("invalid NGINX configuration (empty)")
	}
	file, err := os.CreateTemp(scratch, "nginx-cfg")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err = file.Write(content); err == nil {
		err = file.Close()
	}
	if err != nil {
		return err
	}
	out, err := command(file.Name(), "-t").CombinedOutput()
	if err != nil {
		line := strings.Repeat("-", 79)
		return fmt.Errorf("\n%s\nError: %v\n%s\n%s\n", line, err, out, line)
	}
	return nil
}

// update brings a configuration into force, unless it is the one in force.
func (n *nginx) update(content []byte) (bool, error) {
	if bytes.Equal(n.current, content) {
		return false, nil
	}
	klog.InfoS("Configuration changes detected, backend reload required")
	if err := n.test(content); err != nil {
		return false, err
	}
	if err := os.WriteFile(confFile, content, 0o644); err != nil {
		return false, err
	}
	if !n.started.Load() {
		if err := n.start(); err != nil {
			return false, err
		}
	} else if out, err := command(confFile, "-s", "reload").CombinedOutput(); err != nil {
		return false, fmt.Errorf("%w\n%s", err, out)
	}
	n.current = content
	klog.InfoS("Backend successfully reloaded")
	return true, nil
}

func (n *nginx) start() error {
	klog.InfoS("Starting NGINX process")
	n.master = command(confFile)
	n.master.Stdout, n.master.Stderr = os.Stdout, os.Stderr
	// A group of its own, which signals for the controller do not reach.
	n.master.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := n.master.Start(); err != nil {
		return err
	}
	n.started.Store(true)
	go func() {
		err := n.master.Wait()
		close(n.ended)
		n.died <- fmt.Errorf("%w (%v)", errors.New("it ended"), err)
	}()
	return nil
}

func (n *nginx) healthy() error {
	if !n.started.Load() {
		return errors.New("the ingress controller is starting")
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:10246/healthz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return errors.New("ingress controller is not healthy")
	}
	return nil
}

// quit lets nginx answer what it was asked.
func (n *nginx) quit() {
	if !n.started.Load() {
		return
	}
	klog.InfoS("Stopping NGINX process")
	if out, err := command(confFile, "-s", "quit").CombinedOutput(); err != nil {
		klog.Errorf("%v\n%s", err, out)
		return
	}
	<-n.ended
	klog.InfoS("NGINX process has stopped")
}
