package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// parseSets counts the members of each set that `ipset save` prints.
func parseSets(text string) map[string]int {
	counts := map[string]int{}
	for line := range strings.Lines(text) {
		words := strings.Fields(line) // "create NAME hash:ip family inet …" or "add NAME 10.244.1.4"
		if len(words) > 2 && words[0] == "create" {
			counts[words[1]] = 0
		} else if len(words) > 2 && words[0] == "add" {
			counts[words[1]]++
		}
	}
	return counts
}

// setChanges fills a second set and swaps the two: rules that refer to the name never see half of it.
func setChanges(wanted map[string]set, there map[string]int, written map[string]string, f *family) (string, int) {
	var text strings.Builder
	wrote := 0
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		members := wanted[name].members
		count, exists := there[name]
		if exists && count == len(members) && written[name] == strings.Join(members, "\n") {
			continue
		}
		wrote++
		temporary := f.setPrefix + "TMP-" + digest(name)
		header := " " + wanted[name].kind + " family " + f.ipset + " hashsize 1024 maxelem " + strconv.Itoa(max(65536, len(members))) + "\n"
		text.WriteString("create " + name + header + "create " + temporary + header + "flush " + temporary + "\n")
		for _, member := range members {
			text.WriteString("add " + temporary + " " + member + "\n")
		}
		text.WriteString("swap " + temporary + " " + name + "\n" + "destroy " + temporary + "\n")
	}
	return text.String(), wrote
}

// staleSets may be destroyed only when no rule refers to them any more.
func staleSets(wanted map[string]set, there map[string]int, f *family) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(there)) {
		bare, mine := strings.CutPrefix(name, f.setPrefix)
		mine = mine && (strings.HasPrefix(bare, sourcePrefix) || strings.HasPrefix(bare, destPrefix))
		if _, keep := wanted[name]; mine && !keep {
			text.WriteString("destroy " + name + "\n")
		}
	}
	return text.String()
}
