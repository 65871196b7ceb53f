// ingress keeps an nginx in step with Ingresses and speaks as ingress-nginx does, which is not on the module proxy as a
// program that can be built alone: the same flags, annotations, configuration and log lines. What ingress-nginx does in
// Lua, choosing an endpoint, is left to nginx's own upstreams, so it reloads for every change of endpoints.
package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/klog/v2"
)

type options struct {
	namespace, podName       string
	controllerClass, class   string
	withoutClass             bool
	configMap                string
	publishService           string
	webhook, webhookCert     string
	webhookKey               string
	shutdownGracePeriod      int
	defaultCertificateSecret string
}

func main() {
	o := options{namespace: os.Getenv("POD_NAMESPACE"), podName: os.Getenv("POD_NAME")}
	flag.StringVar(&o.controllerClass, "controller-class", "k8s.io/ingress-nginx", "controller of the IngressClasses to serve")
	flag.StringVar(&o.class, "ingress-class", "nginx", "value of the annotation kubernetes.io/ingress.class to serve")
	flag.BoolVar(&o.withoutClass, "watch-ingress-without-class", false, "serve Ingresses without a class as well")
	flag.StringVar(&o.configMap, "configmap", "", "namespace/name of the settings")
	flag.StringVar(&o.publishService, "publish-service", "", "namespace/name of the Service whose address the Ingresses get")
	flag.StringVar(&o.defaultCertificateSecret, "default-ssl-certificate", "", "namespace/name of the certificate for unknown names")
	flag.StringVar(&o.webhook, "validating-webhook", "", "address of the admission controller")
	flag.StringVar(&o.webhookCert, "validating-webhook-certificate", "", "its certificate")
	flag.StringVar(&o.webhookKey, "validating-webhook-key", "", "its key")
	flag.IntVar(&o.shutdownGracePeriod, "shutdown-grace-period", 0, "seconds between SIGTERM and the end of nginx")
	_ = flag.String("election-id", "", "not used: every replica writes the same status")
	flag.Parse()
	if o.namespace == "" || o.podName == "" {
		klog.Fatal("unable to get POD information (missing POD_NAME or POD_NAMESPACE environment variable")
	}
	run(o)
}

func run(o options) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	config, err := rest.InClusterConfig()
	if err != nil {
		klog.Fatal(err)
	}
	klog.InfoS("Creating API client", "host", config.Host)
	// A Sync event and a status for each Ingress of a large suite would wait at the usual five a second.
	config.QPS, config.Burst = 50, 100
	c, err := newController(ctx, kubernetes.NewForConfigOrDie(config), o)
	if err != nil {
		klog.Fatal(err)
	}
	go c.serveHealth(":10254")
	klog.InfoS("Starting NGINX Ingress controller")
	if err := c.store.start(ctx); err != nil {
		klog.Fatal(err)
	}
	if o.webhook != "" {
		klog.InfoS("Starting validation webhook", "address", o.webhook, "certPath", o.webhookCert, "keyPath", o.webhookKey)
		go c.serveAdmission()
	}
	go c.run(ctx)

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	select {
	case <-signals:
		klog.InfoS("Received SIGTERM, shutting down")
		c.shutDown(time.Duration(o.shutdownGracePeriod) * time.Second)
		stop()
		klog.InfoS("Exiting", "code", 0)
	case err := <-c.nginx.died:
		klog.Fatalf("NGINX master process died: %v", err)
	}
}

func splitKey(key string) (namespace, name string) {
	namespace, name, _ = strings.Cut(key, "/")
	return namespace, name
}
