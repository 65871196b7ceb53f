package main

import (
	"strings"
	"testing"
)

// As k3s prints them: "-A INPUT … kube-router netpol - 4IA2OSFRMVNDXBVV".
func TestStampsAreKubeRouters(t *testing.T) {
	for builtin, stamp := range map[string]string{"INPUT": "4IA2OSFRMVNDXBVV", "FORWARD": "TEMCG2JMHZYE7H7T", "OUTPUT": "VEAAIY32XVBHCSCY"} {
		if got := jumpRule(builtin); !strings.Contains(got, stamp) {
			t.Errorf("%s: %s", builtin, got)
		}
	}
}

func TestChangesLeaveAloneWhatIsThere(t *testing.T) {
	wanted := map[string][]string{inputChain: {"-j RETURN"}, forwardChain: nil, outputChain: nil}
	written := map[string]string{inputChain: "-j RETURN", forwardChain: "", outputChain: ""}
	hooked := func(builtin string) []string { return []string{jumpRule(builtin), passedRule} }
	there := func() table {
		return table{
			"INPUT": hooked("INPUT"), "FORWARD": hooked("FORWARD"), "OUTPUT": hooked("OUTPUT"),
			inputChain: {"-j RETURN"}, forwardChain: nil, outputChain: nil,
		}
	}
	for name, want := range map[string]struct {
		change func(table)
		says   []string
		lost   int
	}{
		"nothing":          {func(table) {}, nil, 0},
		"a chain emptied":  {func(found table) { found[inputChain] = nil }, []string{"-A KUBE-ROUTER-INPUT -j RETURN"}, 1},
		"a chain deleted":  {func(found table) { delete(found, forwardChain) }, []string{":KUBE-ROUTER-FORWARD - [0:0]"}, 1},
		"another's jump":   {func(found table) { found["INPUT"] = append([]string{"-j OTHER"}, found["INPUT"]...) }, []string{"-D INPUT", "-I INPUT 1"}, 0},
		"our jump is gone": {func(found table) { found["OUTPUT"] = nil }, []string{"-I OUTPUT 1", "-A OUTPUT"}, 0},
		"a pod that left":  {func(found table) { found[podPrefix+"OLD"] = []string{"-j ACCEPT"} }, []string{"-X KUBE-POD-FW-OLD"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			found := there()
			want.change(found)
			got := changes(wanted, found, written)
			if (got.text == "") != (want.says == nil) || len(got.lost) != want.lost {
				t.Errorf("lost %v, text %s", got.lost, got.text)
			}
			for _, line := range want.says {
				if !strings.Contains(got.text, line) {
					t.Errorf("no %q in\n%s", line, got.text)
				}
			}
		})
	}
}

func TestTableIsRead(t *testing.T) {
	found := parseTable("*filter\n:INPUT ACCEPT [5:300]\n:KUBE-ROUTER-INPUT - [0:0]\n-A INPUT -j KUBE-ROUTER-INPUT\nCOMMIT\n")
	if _, exists := found[inputChain]; !exists || len(found["INPUT"]) != 1 {
		t.Errorf("%v", found)
	}
}
