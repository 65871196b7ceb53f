package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	admissionv1 "k8s.io/api/admission/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/klog/v2"
)

func (c *controller) serveAdmission() {
	server := &http.Server{
		Addr:    c.options.webhook,
		Handler: http.HandlerFunc(c.admit),
		// Read anew each time: the Secret may change.
		TLSConfig: &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			pair, err := tls.LoadX509KeyPair(c.options.webhookCert, c.options.webhookKey)
			return &pair, err
		}},
	}
	klog.Error(server.ListenAndServeTLS("", ""))
}

func (c *controller) admit(w http.ResponseWriter, r *http.Request) {
	var review admissionv1.AdmissionReview
	if err := json.NewDecoder(r.Body).Decode(&review); err != nil || review.Request == nil {
		klog.ErrorS(err, "Unexpected error decoding request")
		http.Error(w, "not an AdmissionReview", http.StatusBadRequest)
		return
	}
	key := review.Request.Namespace + "/" + review.Request.Name
	review.Response = &admissionv1.AdmissionResponse{UID: review.Request.UID, Allowed: true}
	var ingress networkingv1.Ingress
	err := json.Unmarshal(review.Request.Object.Raw, &ingress)
	if err == nil {
		err = c.check(&ingress)
	}
	if err != nil {
		klog.ErrorS(err, "invalid ingress configuration", "ingress", key)
		review.Response.Allowed = false
		review.Response.Result = &metav1.Status{
			Status: metav1.StatusFailure, Code: http.StatusBadRequest, Reason: metav1.StatusReasonBadRequest, Message: err.Error(),
		}
	} else {
		klog.InfoS("successfully validated configuration, accepting", "ingress", key)
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(review); err != nil {
		klog.ErrorS(err, "Unexpected error encoding the answer")
	}
}

// check refuses what another Ingress has already, and what nginx would not start with.
func (c *controller) check(ingress *networkingv1.Ingress) error {
	if ingress.DeletionTimestamp != nil {
		return nil
	}
	if class, err := c.store.classOf(ingress); err != nil {
		klog.Warningf("ignoring ingress %v in %v based on annotation %v: %v", ingress.Name, ingress.Namespace, class, err)
		return nil
	}
	key := keyOf(ingress)
	others := slices.DeleteFunc(c.store.served(), func(one *networkingv1.Ingress) bool { return keyOf(one) == key })
	if err := overlap(ingress, others); err != nil {
		return err
	}
	content, err := c.store.configuration(append(others, ingress)).draw()
	if err != nil {
		return err
	}
	return c.nginx.test(content)
}

func overlap(ingress *networkingv1.Ingress, others []*networkingv1.Ingress) error {
	type place struct{ host, path string }
	taken := map[place]string{}
	each := func(one *networkingv1.Ingress, visit func(place) error) error {
		for _, rule := range one.Spec.Rules {
			host := rule.Host
			if host == "" {
				host = defaultServer
			}
			for _, path := range pathsOf(rule) {
				if err := visit(place{host, path.Path}); err != nil {
					return err
				}
			}
		}
		return nil
	}
	for _, other := range others {
		_ = each(other, func(at place) error {
			if taken[at] == "" {
				taken[at] = keyOf(other)
			}
			return nil
		})
	}
	return each(ingress, func(at place) error {
		if owner := taken[at]; owner != "" {
			return fmt.Errorf("host %q and path %q is already defined in ingress %s", at.host, at.path, owner)
		}
		return nil
	})
}
