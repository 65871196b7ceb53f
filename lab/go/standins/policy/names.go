package main

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
)

// The names of kube-router, which is what people know from `iptables-save` on a node.
const (
	podPrefix     = "KUBE-POD-FW-"
	policyPrefix  = "KUBE-NWPLCY-"
	defaultPolicy = "KUBE-NWPLCY-DEFAULT"
	sourcePrefix  = "KUBE-SRC-"
	destPrefix    = "KUBE-DST-"
	inputChain    = "KUBE-ROUTER-INPUT"
	forwardChain  = "KUBE-ROUTER-FORWARD"
	outputChain   = "KUBE-ROUTER-OUTPUT"

	// Set by a policy that allows the packet, and taken away when the pod's chain is done.
	allowedMark = "0x10000/0x10000"
	// Set once every pod's chain has let the packet pass.
	passedMark = "0x20000/0x20000"

	// The kernel keeps 256 bytes of a comment, the last of them 0.
	longestComment = 255
)

// kube-router adds the time of each sync to the name, so that every counter starts anew; here a name stays, and a counter too.
func hashed(prefix string, parts ...string) string {
	return prefix + digest(strings.Join(parts, "/"))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base32.StdEncoding.EncodeToString(sum[:])[:16]
}

func comment(text string) string {
	return `-m comment --comment "` + text[:min(len(text), longestComment)] + `"`
}

// stamped adds a digest of the rule to its comment, by which kube-router finds it again among the rules of others.
func stamped(chain string, spec ...string) string {
	stamp := digest(chain + strings.Join(spec, ""))
	words := slices.Clone(spec)
	if at := slices.Index(words, "--comment"); at >= 0 {
		words[at+1] = `"` + words[at+1] + " - " + stamp + `"`
	}
	return strings.Join(words, " ")
}

func ours(chain string) bool {
	return strings.HasPrefix(chain, podPrefix) || strings.HasPrefix(chain, policyPrefix) ||
		chain == inputChain || chain == forwardChain || chain == outputChain
}
