package main

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
)

const (
	// What changes together comes in one reload.
	debounce = 100 * time.Millisecond
	// Each reload starts new workers; ingress-nginx waits three seconds here, and needs fewer reloads.
	pause      = 500 * time.Millisecond
	afterError = 5 * time.Second
)

type controller struct {
	options      options
	client       kubernetes.Interface
	store        *store
	nginx        *nginx
	recorder     record.EventRecorder
	pod          *corev1.Pod
	shuttingDown atomic.Bool
}

func newController(ctx context.Context, client kubernetes.Interface, o options) (*controller, error) {
	pod, err := client.CoreV1().Pods(o.namespace).Get(ctx, o.podName, metav1.GetOptions{})
	if err != nil {
		return nil, fmt.Errorf("unable to get POD information: %w", err)
	}
	broadcaster := record.NewBroadcaster()
	broadcaster.StartLogging(klog.Infof)
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	recorder := broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "nginx-ingress-controller"})
	n, err := newNginx()
	if err != nil {
		return nil, err
	}
	s, err := newStore(client, recorder, o)
	return &controller{options: o, client: client, store: s, nginx: n, recorder: recorder, pod: pod}, err
}

func (c *controller) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.store.changed:
			time.Sleep(debounce)
		}
		select { // what came meanwhile is in the configuration that follows
		case <-c.store.changed:
		default:
		}
		if c.shuttingDown.Load() {
			return
		}
		wait := pause
		if err := c.sync(ctx); err != nil {
			klog.ErrorS(err, "requeuing")
			wait = afterError
			c.store.note()
		}
		time.Sleep(wait)
	}
}

func (c *controller) sync(ctx context.Context) error {
	served := c.store.served()
	content, err := c.store.configuration(served).draw()
	if err != nil {
		return err
	}
	reloaded, err := c.nginx.update(content)
	if err != nil {
		klog.Errorf("Unexpected failure reloading the backend:\n%v", err)
		c.recorder.Eventf(c.pod, corev1.EventTypeWarning, "RELOAD", "Error reloading NGINX: %v", err)
		return err
	}
	if reloaded {
		c.recorder.Event(c.pod, corev1.EventTypeNormal, "RELOAD", "NGINX reload triggered due to a change in configuration")
	}
	return c.writeStatus(ctx, served)
}

func (c *controller) serveHealth(address string) {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		err := c.nginx.healthy()
		if c.shuttingDown.Load() {
			err = fmt.Errorf("the ingress controller is shutting down")
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, "ok")
	})
	klog.Fatal(http.ListenAndServe(address, mux))
}

func (c *controller) shutDown(grace time.Duration) {
	c.shuttingDown.Store(true)
	if grace > 0 {
		klog.InfoS("Graceful shutdown - waiting", "seconds", grace.Seconds())
		time.Sleep(grace)
	}
	klog.InfoS("Shutting down controller queues")
	c.nginx.quit()
}
