package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sort"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	discoverylisters "k8s.io/client-go/listers/discovery/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
)

// store follows everything that the configuration is made of.
type store struct {
	options    options
	recorder   record.EventRecorder
	classes    networkinglisters.IngressClassLister
	ingresses  networkinglisters.IngressLister
	services   corelisters.ServiceLister
	slices     discoverylisters.EndpointSliceLister
	secrets    corelisters.SecretLister
	configMaps corelisters.ConfigMapLister
	pods       corelisters.PodLister
	start      func(context.Context) error
	// One word waits here whenever something changed since the last sync.
	changed chan struct{}
}

func newStore(client kubernetes.Interface, recorder record.EventRecorder, o options) (*store, error) {
	everywhere := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTransform(withoutManagedFields))
	certificates := narrowed(client, metav1.NamespaceAll, "type="+string(corev1.SecretTypeTLS))
	configNamespace, configName := splitKey(o.configMap)
	config := narrowed(client, configNamespace, fields.OneTermEqualSelector("metadata.name", configName).String())
	own := narrowed(client, o.namespace, "")
	networking := everywhere.Networking().V1()
	s := &store{
		options: o, recorder: recorder, changed: make(chan struct{}, 1),
		classes: networking.IngressClasses().Lister(), ingresses: networking.Ingresses().Lister(),
		services: everywhere.Core().V1().Services().Lister(), slices: everywhere.Discovery().V1().EndpointSlices().Lister(),
		secrets: certificates.Core().V1().Secrets().Lister(), configMaps: config.Core().V1().ConfigMaps().Lister(),
		pods: own.Core().V1().Pods().Lister(),
	}
	classes, ingresses := networking.IngressClasses().Informer(), networking.Ingresses().Informer()
	always := func(_, _ any) bool { return true }
	err := errors.Join(
		s.watch(classes, s.classHandler()),
		s.watch(everywhere.Core().V1().Services().Informer(), s.noting(always)),
		s.watch(everywhere.Discovery().V1().EndpointSlices().Informer(), s.noting(sliceMatters)),
		s.watch(certificates.Core().V1().Secrets().Informer(), s.noting(always)),
		s.watch(config.Core().V1().ConfigMaps().Informer(), s.configHandler()),
		s.watch(own.Core().V1().Pods().Informer(), s.noting(podMatters)),
	)
	s.start = func(ctx context.Context) error {
		for _, factory := range []informers.SharedInformerFactory{everywhere, certificates, config, own} {
			factory.Start(ctx.Done())
			for kind, synced := range factory.WaitForCacheSync(ctx.Done()) {
				if !synced {
					return fmt.Errorf("no list of %s", kind)
				}
			}
		}
		// Only now, because the class of an Ingress is looked up when it arrives.
		if err := s.watch(ingresses, s.ingressHandler()); err != nil {
			return err
		}
		s.note()
		return nil
	}
	return s, err
}

func narrowed(client kubernetes.Interface, namespace, selector string) informers.SharedInformerFactory {
	return informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithNamespace(namespace),
		informers.WithTransform(withoutManagedFields), informers.WithTweakListOptions(func(list *metav1.ListOptions) {
			list.FieldSelector = selector
		}))
}

func withoutManagedFields(object any) (any, error) {
	if with, ok := object.(metav1.Object); ok {
		with.SetManagedFields(nil)
	}
	return object, nil
}

func (s *store) watch(informer cache.SharedIndexInformer, handler cache.ResourceEventHandler) error {
	_, err := informer.AddEventHandler(handler)
	return err
}

func (s *store) note() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

func (s *store) noting(matters func(before, now any) bool) cache.ResourceEventHandler {
	return cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { s.note() },
		UpdateFunc: func(before, now any) {
			if matters(before, now) {
				s.note()
			}
		},
		DeleteFunc: func(any) { s.note() },
	}
}

func (s *store) configHandler() cache.ResourceEventHandler {
	return s.noting(func(before, now any) bool {
		old, cur := before.(*corev1.ConfigMap), now.(*corev1.ConfigMap)
		if reflect.DeepEqual(old.Data, cur.Data) {
			return false
		}
		s.event(cur, "UPDATE", "ConfigMap "+cur.Namespace+"/"+cur.Name)
		return true
	})
}

func (s *store) event(about runtime.Object, reason, message string) {
	s.recorder.Event(about, corev1.EventTypeNormal, reason, message)
}

func sliceMatters(before, now any) bool {
	old, cur := before.(*discoveryv1.EndpointSlice), now.(*discoveryv1.EndpointSlice)
	return !reflect.DeepEqual(old.Endpoints, cur.Endpoints) || !reflect.DeepEqual(old.Ports, cur.Ports)
}

func podMatters(before, now any) bool {
	old, cur := before.(*corev1.Pod), now.(*corev1.Pod)
	return old.Status.HostIP != cur.Status.HostIP || old.Status.Phase != cur.Status.Phase
}

// served gives the Ingresses of the own class, oldest first: the first to claim a path has it.
func (s *store) served() []*networkingv1.Ingress {
	all, _ := s.ingresses.List(labels.Everything())
	var served []*networkingv1.Ingress
	for _, ingress := range all {
		if _, err := s.classOf(ingress); err == nil && ingress.DeletionTimestamp == nil {
			served = append(served, ingress)
		}
	}
	sort.Slice(served, func(i, j int) bool {
		a, b := served[i], served[j]
		if a.CreationTimestamp.Equal(&b.CreationTimestamp) {
			return keyOf(a) < keyOf(b)
		}
		return a.CreationTimestamp.Before(&b.CreationTimestamp)
	})
	return served
}

func keyOf(object metav1.Object) string { return object.GetNamespace() + "/" + object.GetName() }
