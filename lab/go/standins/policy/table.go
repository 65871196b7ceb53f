package main

import (
	"maps"
	"slices"
	"strings"
)

const passedComment = "KUBE-ROUTER rule to explicitly ACCEPT traffic that comply to network policies"

// hooks are the kernel's own chains and ours that they begin with.
var hooks = map[string]string{"INPUT": inputChain, "FORWARD": forwardChain, "OUTPUT": outputChain}

// table is the filter table as `iptables-save` prints it: the rules of every chain.
type table map[string][]string

func parseTable(text string) table {
	found := table{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if name, isChain := strings.CutPrefix(line, ":"); isChain { // ":KUBE-ROUTER-INPUT - [0:0]"
			name, _, _ = strings.Cut(name, " ")
			found[name] = nil
		} else if rule, isRule := strings.CutPrefix(line, "-A "); isRule { // "-A INPUT -j KUBE-FIREWALL"
			chain, rest, _ := strings.Cut(rule, " ")
			found[chain] = append(found[chain], rest)
		}
	}
	return found
}

// transaction is what has to be said to iptables-restore, and how many chains it writes.
type transaction struct {
	text  string
	wrote int
	// Chains that this program wrote and somebody else emptied or deleted since.
	lost []string
}

// changes compares what is wanted with what is there. A chain that is there as it was written is left alone, so that
// its counters go on.
func changes(wanted map[string][]string, there table, written map[string]string) transaction {
	var declare, rules, remove strings.Builder
	var t transaction
	for _, chain := range slices.Sorted(maps.Keys(wanted)) {
		text := strings.Join(wanted[chain], "\n")
		present, exists := there[chain]
		before, known := written[chain]
		intact := exists && len(present) == len(wanted[chain])
		if known && before == text && intact {
			continue
		}
		if known && before == text {
			t.lost = append(t.lost, chain)
		}
		t.wrote++
		declare.WriteString(":" + chain + " - [0:0]\n")
		for _, rule := range wanted[chain] {
			rules.WriteString("-A " + chain + " " + rule + "\n")
		}
	}
	for _, chain := range slices.Sorted(maps.Keys(there)) {
		if _, keep := wanted[chain]; !keep && ours(chain) {
			t.wrote++
			declare.WriteString(":" + chain + " - [0:0]\n") // emptied first: it may refer to another that goes
			remove.WriteString("-X " + chain + "\n")
		}
	}
	hooked := hookChanges(there)
	if t.wrote > 0 || hooked != "" {
		t.text = "*filter\n" + declare.String() + hooked + rules.String() + remove.String() + "COMMIT\n"
	}
	return t
}

// Ours has to be the first rule: what another accepts before would never be judged. What passed is accepted only after
// the chains of kube-proxy, which refuse connections to Services without endpoints (as in the kube-router of k3s).
func hookChanges(there table) string {
	var text strings.Builder
	for _, builtin := range slices.Sorted(maps.Keys(hooks)) {
		rules := there[builtin]
		isJump := func(rule string) bool { return strings.HasSuffix(rule, "-j "+hooks[builtin]) }
		if len(rules) == 0 || !isJump(rules[0]) {
			text.WriteString(unhook(builtin, rules))
			text.WriteString("-I " + builtin + " 1 " + jumpRule(builtin) + "\n")
		}
		if !slices.ContainsFunc(rules, isPassed) {
			text.WriteString("-A " + builtin + " " + passedRule + "\n")
		}
	}
	return text.String()
}

func unhook(builtin string, rules []string) string {
	var text strings.Builder
	for _, rule := range rules {
		if strings.HasSuffix(rule, "-j "+hooks[builtin]) {
			text.WriteString("-D " + builtin + " " + jumpRule(builtin) + "\n")
		}
	}
	return text.String()
}

func jumpRule(builtin string) string {
	return stamped(builtin, "-m", "comment", "--comment", "kube-router netpol", "-j", hooks[builtin])
}

var passedRule = comment(passedComment) + " -m mark --mark " + passedMark + " -j ACCEPT"

func isPassed(rule string) bool { return strings.Contains(rule, passedComment) }

// removal is the transaction that leaves nothing of this program behind.
func removal(there table) string {
	var declare, unhooked, remove strings.Builder
	for builtin := range hooks {
		unhooked.WriteString(unhook(builtin, there[builtin]))
		for _, rule := range there[builtin] {
			if isPassed(rule) {
				unhooked.WriteString("-D " + builtin + " " + passedRule + "\n")
			}
		}
	}
	for _, chain := range slices.Sorted(maps.Keys(there)) {
		if ours(chain) {
			declare.WriteString(":" + chain + " - [0:0]\n")
			remove.WriteString("-X " + chain + "\n")
		}
	}
	return "*filter\n" + declare.String() + unhooked.String() + remove.String() + "COMMIT\n"
}
