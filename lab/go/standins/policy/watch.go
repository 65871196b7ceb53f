package main

import (
	"context"
	"errors"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"
)

// watch follows what rules are made of.
type watch struct {
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister
	// One word waits here whenever something changed since the last snapshot.
	changed chan struct{}
}

func startWatch(ctx context.Context, client kubernetes.Interface) (*watch, error) {
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTransform(withoutManagedFields))
	core, networking := factory.Core().V1(), factory.Networking().V1()
	w := &watch{
		pods: core.Pods().Lister(), namespaces: core.Namespaces().Lister(),
		policies: networking.NetworkPolicies().Lister(), changed: make(chan struct{}, 1),
	}
	always := func(_, _ any) bool { return true }
	_, e1 := core.Pods().Informer().AddEventHandler(w.handler(func(a, b any) bool {
		return !sameForPolicies(a.(*corev1.Pod), b.(*corev1.Pod))
	}))
	_, e2 := core.Namespaces().Informer().AddEventHandler(w.handler(always))
	_, e3 := networking.NetworkPolicies().Informer().AddEventHandler(w.handler(always))
	if err := errors.Join(e1, e2, e3); err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	for kind, synced := range factory.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return nil, errors.New("no list of " + kind.String())
		}
	}
	return w, nil
}

func (w *watch) handler(matters func(before, now any) bool) cache.ResourceEventHandler {
	return cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { w.note() },
		UpdateFunc: func(before, now any) {
			if matters(before, now) {
				w.note()
			}
		},
		DeleteFunc: func(any) { w.note() },
	}
}

func (w *watch) note() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

func withoutManagedFields(object any) (any, error) {
	if with, ok := object.(metav1.Object); ok {
		with.SetManagedFields(nil)
	}
	return object, nil
}

// snapshot leaves out pods that are younger than the lag, and tells when the next of them is old enough.
func (w *watch) snapshot(lag time.Duration) (*cluster, time.Duration, error) {
	pods, e1 := w.pods.List(labels.Everything())
	namespaces, e2 := w.namespaces.List(labels.Everything())
	policies, e3 := w.policies.List(labels.Everything())
	if err := errors.Join(e1, e2, e3); err != nil {
		return nil, 0, err
	}
	c := &cluster{namespaces: map[string]labels.Set{}, policies: sorted(policies)}
	for _, namespace := range namespaces {
		c.namespaces[namespace.Name] = namespace.Labels
	}
	var next time.Duration
	for _, from := range pods {
		found, matters := readPod(from)
		if !matters {
			continue
		}
		if wait := time.Until(networkSince(from).Add(lag)); lag > 0 && wait > 0 {
			if next == 0 || wait < next {
				next = wait
			}
			continue
		}
		c.pods = append(c.pods, found)
	}
	sortPods(c.pods)
	return c, next, nil
}
