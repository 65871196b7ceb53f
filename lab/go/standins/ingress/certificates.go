package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/klog/v2"
)

const sslFolder = "/etc/ingress-controller/ssl/"

// certificate is a file for nginx. Its hash stands in the configuration, so that new content is a reload.
type certificate struct {
	File, Hash string
	leaf       *x509.Certificate
}

type certificates struct {
	store    *store
	standard *certificate
}

func (s *store) certificates() *certificates {
	c := &certificates{store: s, standard: fakeCertificate()}
	if key := s.options.defaultCertificateSecret; key != "" {
		if given, err := c.read(key); err == nil {
			c.standard = given
		} else {
			klog.Warningf("Error loading custom default certificate, falling back to generated default:\n%v", err)
		}
	}
	return c
}

func (c *certificates) read(key string) (*certificate, error) {
	namespace, name := splitKey(key)
	secret, err := c.store.secrets.Secrets(namespace).Get(name)
	if err != nil {
		klog.Warningf("Error obtaining X.509 certificate: no object matching key %q in local store", key)
		return nil, fmt.Errorf("local SSL certificate %s was not found", key)
	}
	chain, private := secret.Data["tls.crt"], secret.Data["tls.key"]
	found, err := keep(namespace+"-"+name, chain, private)
	if err != nil {
		klog.Warningf("Error obtaining X.509 certificate: unexpected error creating SSL Cert: certificate and private key do not have a matching public key: %v", err)
		return nil, fmt.Errorf("local SSL certificate %s was not found", key)
	}
	return found, nil
}

func keep(name string, chain, private []byte) (*certificate, error) {
	pair, err := tls.X509KeyPair(chain, private)
	if err != nil {
		return nil, err
	}
	content := slices.Concat(chain, []byte("\n"), private)
	hash := sha1.Sum(content)
	one := &certificate{File: sslFolder + name + ".pem", Hash: hex.EncodeToString(hash[:]), leaf: pair.Leaf}
	if before, _ := os.ReadFile(one.File); !slices.Equal(before, content) {
		err = os.WriteFile(one.File, content, 0o600)
	}
	return one, err
}

// secure gives the hosts of the Ingress their certificates, and those whose certificate is of no use the default one.
func (c *configuration) secure(ingress *networkingv1.Ingress, from *certificates) {
	if len(ingress.Spec.TLS) == 0 {
		return
	}
	for _, rule := range ingress.Spec.Rules {
		host := c.server(rule.Host)
		if host.Certificate != nil {
			continue
		}
		secret := secretFor(host.Host, ingress, from)
		host.Secure, host.Certificate = true, from.standard
		if secret == "" {
			continue
		}
		key := ingress.Namespace + "/" + secret
		found, err := from.read(key)
		if err != nil {
			klog.Warningf("Error getting SSL certificate %q: %v. Using default certificate", key, err)
			continue
		}
		if !fits(found, key, host.Host) {
			continue
		}
		host.Certificate = found
		if until := found.leaf.NotAfter; until.Before(time.Now()) {
			klog.Warningf("SSL certificate for server %q expired (%v)", host.Host, until)
		} else if until.Before(time.Now().Add(240 * time.Hour)) {
			klog.Warningf("SSL certificate for server %q is about to expire (%v)", host.Host, until)
		}
	}
}

func fits(found *certificate, key, host string) bool {
	err := found.leaf.VerifyHostname(host)
	if err == nil {
		return true
	}
	klog.Warningf("Unexpected error validating SSL certificate %q for server %q: %v", key, host, err)
	klog.Warning("Validating certificate against DNS names. This will be deprecated in a future version")
	if strings.EqualFold(found.leaf.Subject.CommonName, host) {
		return true
	}
	klog.Warningf("SSL certificate %q does not contain a Common Name or Subject Alternative Name for server %q: %v", key, host, err)
	klog.Warningf("Using default certificate")
	return false
}

// The entry that names the host, else one whose certificate is good for it.
func secretFor(host string, ingress *networkingv1.Ingress, from *certificates) string {
	for _, entry := range ingress.Spec.TLS {
		if slices.Contains(entry.Hosts, host) {
			return entry.SecretName
		}
	}
	for _, entry := range ingress.Spec.TLS {
		if entry.SecretName == "" {
			continue
		}
		found, err := from.read(ingress.Namespace + "/" + entry.SecretName)
		if err == nil && found.leaf.VerifyHostname(host) == nil {
			return entry.SecretName
		}
	}
	return ""
}

var fakeCertificate = sync.OnceValue(func() *certificate {
	if err := os.MkdirAll(sslFolder, 0o755); err != nil {
		klog.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		klog.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{Organization: []string{"Acme Co"}, CommonName: "Kubernetes Ingress Controller Fake Certificate"},
		DNSNames:     []string{"ingress.local"}, NotBefore: time.Now(), NotAfter: time.Now().AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	chain, e1 := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	private, e2 := x509.MarshalECPrivateKey(key)
	if e1 != nil || e2 != nil {
		klog.Fatal(e1, e2)
	}
	fake, err := keep("default-fake-certificate",
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: chain}),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private}))
	if err != nil {
		klog.Fatal(err)
	}
	klog.InfoS("SSL fake certificate created", "file", fake.File)
	return fake
})
