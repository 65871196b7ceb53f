package main

import (
	"errors"
	"fmt"
	"reflect"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"
)

const classAnnotation = "kubernetes.io/ingress.class"

// classOf tells by which class the Ingress is ours, or why it is not.
func (s *store) classOf(ingress *networkingv1.Ingress) (string, error) {
	if name := ingress.Spec.IngressClassName; name != nil {
		class, err := s.classes.Get(*name)
		// Classes of other controllers are not even kept there, so both cases read the same.
		if err != nil || class.Spec.Controller != s.options.controllerClass {
			return "", fmt.Errorf("no object matching key %q in local store", *name)
		}
		return class.Name, nil
	}
	if annotated, ok := ingress.Annotations[classAnnotation]; ok {
		if annotated != "" && annotated != s.options.class {
			return "", errors.New("ingress class annotation is not equal to the expected by Ingress Controller")
		}
		return annotated, nil
	}
	if s.options.withoutClass {
		return "_", nil
	}
	return "", errors.New("ingress does not contain a valid IngressClass")
}

func (s *store) classHandler() cache.ResourceEventHandler {
	return cache.ResourceEventHandlerFuncs{
		AddFunc: func(object any) {
			class := object.(*networkingv1.IngressClass)
			if class.Spec.Controller != s.options.controllerClass {
				klog.InfoS("ignoring ingressclass as the spec.controller is not the same of this ingress", "ingressclass", klog.KObj(class))
				return
			}
			s.note()
		},
		UpdateFunc: func(_, _ any) { s.note() },
		DeleteFunc: func(any) { s.note() },
	}
}

func (s *store) ingressHandler() cache.ResourceEventHandler {
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { s.added(object.(*networkingv1.Ingress)) },
		UpdateFunc: func(old, now any) { s.updated(old.(*networkingv1.Ingress), now.(*networkingv1.Ingress)) },
		DeleteFunc: func(object any) {
			if last, ok := object.(cache.DeletedFinalStateUnknown); ok {
				object = last.Obj
			}
			s.removed(object.(*networkingv1.Ingress))
		},
	}
}

func (s *store) added(ingress *networkingv1.Ingress) {
	class, err := s.classOf(ingress)
	if err != nil {
		klog.InfoS("Ignoring ingress because of error while validating ingress class", "ingress", klog.KObj(ingress), "error", err)
		return
	}
	klog.InfoS("Found valid IngressClass", "ingress", klog.KObj(ingress), "ingressclass", class)
	s.event(ingress, "Sync", "Scheduled for sync")
	s.note()
}

func (s *store) updated(old, now *networkingv1.Ingress) {
	_, before := s.classOf(old)
	class, after := s.classOf(now)
	switch {
	case before != nil && after == nil:
		klog.InfoS("creating ingress", "ingress", klog.KObj(now), "ingressclass", class)
	case before == nil && after != nil:
		klog.InfoS("removing ingress because of unknown ingressclass", "ingress", klog.KObj(now))
		s.note()
		return
	case after != nil || reflect.DeepEqual(old, now):
		return
	}
	s.event(now, "Sync", "Scheduled for sync")
	s.note()
}

func (s *store) removed(ingress *networkingv1.Ingress) {
	if _, err := s.classOf(ingress); err != nil {
		klog.InfoS("Ignoring ingress because of error while validating ingress class", "ingress", klog.KObj(ingress), "error", err)
		return
	}
	s.note()
}
