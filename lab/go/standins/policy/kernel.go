package main

import (
	"context"
	"fmt"
	"maps"
	"os/exec"
	"strings"
	"time"
)

// kernel keeps one family's filter table and sets as they are wanted, and remembers what it wrote.
type kernel struct {
	family *family
	chains map[string]string
	sets   map[string]string
}

func newKernel(f *family) *kernel {
	return &kernel{family: f, chains: map[string]string{}, sets: map[string]string{}}
}

type outcome struct {
	chains, sets int
	lost         []string
}

func (k *kernel) apply(b *builder) (outcome, error) {
	savedSets, err := ask("ipset", "save")
	if err != nil {
		return outcome{}, err
	}
	saved, err := ask(k.family.save, "-t", "filter")
	if err != nil {
		return outcome{}, err
	}
	counts := parseSets(savedSets)
	newSets, wroteSets := setChanges(b.sets, counts, k.sets, k.family)
	if err := tell(newSets, "ipset", "-exist", "restore"); err != nil {
		return outcome{}, err
	}
	t := changes(b.chains, parseTable(saved), k.chains)
	if err := tell(t.text, k.family.restore, "-w", "5", "--noflush"); err != nil {
		return outcome{}, err
	}
	k.remember(b)
	return outcome{t.wrote, wroteSets, t.lost}, tell(staleSets(b.sets, counts, k.family), "ipset", "restore")
}

func (k *kernel) remember(b *builder) {
	clear(k.chains)
	for chain, rules := range maps.All(b.chains) {
		k.chains[chain] = strings.Join(rules, "\n")
	}
	clear(k.sets)
	for name, set := range maps.All(b.sets) {
		k.sets[name] = strings.Join(set.members, "\n")
	}
}

func (k *kernel) cleanUp() error {
	saved, err := ask(k.family.save, "-t", "filter")
	if err != nil {
		return err
	}
	if err := tell(removal(parseTable(saved)), k.family.restore, "-w", "5", "--noflush"); err != nil {
		return err
	}
	savedSets, err := ask("ipset", "save")
	if err != nil {
		return err
	}
	return tell(staleSets(nil, parseSets(savedSets), k.family), "ipset", "restore")
}

func ask(program string, args ...string) (string, error) { return start("", program, args) }

// tell says nothing when there is nothing to say.
func tell(input, program string, args ...string) error {
	if input == "" {
		return nil
	}
	_, err := start(input, program, args)
	return err
}

func start(input, program string, args []string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var out, wrong strings.Builder
	command := exec.CommandContext(ctx, program, args...)
	command.Stdin, command.Stdout, command.Stderr = strings.NewReader(input), &out, &wrong
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%s: %w: %s", program, err, strings.TrimSpace(wrong.String()))
	}
	return out.String(), nil
}
