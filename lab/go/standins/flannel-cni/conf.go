package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/containernetworking/cni/pkg/types"
)

type netConf struct {
	types.PluginConf

	IPAM          map[string]any `json:"ipam,omitempty"`
	SubnetFile    string         `json:"subnetFile"`
	DataDir       string         `json:"dataDir"`
	Delegate      map[string]any `json:"delegate"`
	RuntimeConfig map[string]any `json:"runtimeConfig,omitempty"`
}

func loadConf(bytes []byte) (*netConf, error) {
	conf := &netConf{SubnetFile: "/run/flannel/subnet.env", DataDir: "/var/lib/cni/flannel"}
	if err := json.Unmarshal(bytes, conf); err != nil {
		return nil, fmt.Errorf("failed to load netconf: %w", err)
	}
	return conf, nil
}

// What the user wrote below "delegate" wins; the rest comes from flanneld.
func complete(conf *netConf, env *subnetEnv) (map[string]any, error) {
	delegate := conf.Delegate
	if delegate == nil {
		delegate = map[string]any{}
	}
	if err := checkDelegate(delegate); err != nil {
		return nil, err
	}
	if conf.RuntimeConfig != nil {
		delegate["runtimeConfig"] = conf.RuntimeConfig
	}
	delegate["name"] = conf.Name
	setDefault(delegate, "type", "bridge")
	setDefault(delegate, "ipMasq", !*env.ipMasq) // one of the two has to masquerade
	setDefault(delegate, "mtu", *env.mtu)
	if delegate["type"] == "bridge" {
		setDefault(delegate, "isGateway", true)
	}
	if conf.CNIVersion != "" {
		delegate["cniVersion"] = conf.CNIVersion
	}
	ipam, err := completeIPAM(conf.IPAM, env)
	if err != nil {
		return nil, fmt.Errorf("failed to assemble Delegate IPAM: %w", err)
	}
	delegate["ipam"] = ipam
	return delegate, nil
}

func checkDelegate(delegate map[string]any) error {
	if kind, given := delegate["type"]; given {
		if _, text := kind.(string); !text {
			return errors.New("'delegate' dictionary, if present, must have (string) 'type' field")
		}
	}
	for _, key := range []string{"name", "ipam"} {
		if _, given := delegate[key]; given {
			return fmt.Errorf("'delegate' dictionary must not have '%s' field, it'll be set by flannel", key)
		}
	}
	return nil
}

func completeIPAM(ipam map[string]any, env *subnetEnv) (map[string]any, error) {
	if ipam == nil {
		ipam = map[string]any{}
	}
	setDefault(ipam, "type", "host-local")
	ranges := [][]map[string]any{}
	for _, subnet := range env.subnets() {
		ranges = append(ranges, []map[string]any{{"subnet": subnet.String()}})
	}
	ipam["ranges"] = ranges
	routes := []types.Route{}
	if given, any := ipam["routes"]; any {
		bytes, _ := json.Marshal(given) // it was JSON a moment ago
		if err := json.Unmarshal(bytes, &routes); err != nil {
			return nil, fmt.Errorf("failed to read IPAM routes: failed to parse ipam.routes: %w", err)
		}
	}
	for _, network := range env.networks() {
		routes = append(routes, types.Route{Dst: network})
	}
	ipam["routes"] = routes
	return ipam, nil
}

func setDefault(into map[string]any, key string, value any) {
	if _, given := into[key]; !given {
		into[key] = value
	}
}
