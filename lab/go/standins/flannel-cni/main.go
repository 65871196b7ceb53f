// flannel is the CNI plugin that flannel brings: it completes its configuration with what flanneld
// wrote into subnet.env and lets another plugin, as a rule bridge, do the work.
// The original is not on the module proxy; the error texts are those of flannel-io/cni-plugin v1.9.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/containernetworking/cni/pkg/invoke"
	"github.com/containernetworking/cni/pkg/skel"
	"github.com/containernetworking/cni/pkg/types"
	"github.com/containernetworking/cni/pkg/version"
)

func main() {
	skel.PluginMainFuncs(
		skel.CNIFuncs{Add: add, Del: del, Check: func(*skel.CmdArgs) error { return nil }},
		version.All, "CNI Plugin flannel version v1.9.1-flannel1")
}

func add(args *skel.CmdArgs) error {
	conf, err := loadConf(args.StdinData)
	if err != nil {
		return fmt.Errorf("loadFlannelNetConf failed: %w", err)
	}
	env, err := loadSubnetEnv(conf.SubnetFile)
	if err != nil {
		return fmt.Errorf("loadFlannelSubnetEnv failed: %w", err)
	}
	delegate, err := complete(conf, env)
	if err != nil {
		return err
	}
	return delegateAdd(args.ContainerID, conf.DataDir, delegate)
}

func delegateAdd(container, dataDir string, delegate map[string]any) error {
	bytes, err := json.Marshal(delegate)
	if err != nil {
		return fmt.Errorf("error serializing delegate netconf: %w", err)
	}
	fmt.Fprintf(os.Stderr, "delegateAdd: netconf sent to delegate plugin:\n%s", bytes)
	// DEL has to say the same as ADD did, although subnet.env may have changed or gone by then.
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dataDir, container), bytes, 0o600); err != nil {
		return err
	}
	result, err := invoke.DelegateAdd(context.Background(), delegate["type"].(string), bytes, nil)
	if err != nil {
		return fmt.Errorf("failed to delegate add: %w", err)
	}
	return result.Print()
}

func del(args *skel.CmdArgs) error {
	conf, err := loadConf(args.StdinData)
	if err != nil {
		return err
	}
	saved := filepath.Join(conf.DataDir, args.ContainerID)
	bytes, err := os.ReadFile(saved)
	if errors.Is(err, os.ErrNotExist) {
		return nil // the specification wants DEL to succeed when nothing is left
	}
	if err != nil {
		return err
	}
	var delegate types.PluginConf
	if err := json.Unmarshal(bytes, &delegate); err != nil {
		fmt.Fprintf(os.Stderr, "failed to parse netconf: %v", err)
		return nil
	}
	if err := invoke.DelegateDel(context.Background(), delegate.Type, bytes, nil); err != nil {
		return err
	}
	return os.Remove(saved)
}
