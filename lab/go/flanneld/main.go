// flanneld assembled from flannel's packages: its own main does not build from the module proxy.
// It takes the flags of the original that matter with the Kubernetes subnet manager, and logs as it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"

	"github.com/flannel-io/flannel/pkg/backend"
	_ "github.com/flannel-io/flannel/pkg/backend/alloc"
	_ "github.com/flannel-io/flannel/pkg/backend/hostgw"
	_ "github.com/flannel-io/flannel/pkg/backend/vxlan"
	"github.com/flannel-io/flannel/pkg/subnet"
	"github.com/flannel-io/flannel/pkg/subnet/kube"
	"github.com/flannel-io/flannel/pkg/trafficmngr"
	"github.com/flannel-io/flannel/pkg/trafficmngr/iptables"
	"github.com/flannel-io/flannel/pkg/trafficmngr/nftables"
	log "k8s.io/klog/v2"
)

func main() {
	opts := parseFlags(os.Args[1:])
	if opts.version {
		fmt.Fprintln(os.Stderr, flannelVersion())
		return
	}
	log.Infof("CLI flags config: %+v", opts)
	if !opts.kubeSubnetMgr {
		log.Error("Failed to create SubnetManager: this build has no etcd, give --kube-subnet-mgr")
		os.Exit(1)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	err := run(ctx, cancel, opts, &running)
	if err != nil {
		log.Error(err)
		cancel()
	}
	log.Info("Waiting for all goroutines to exit")
	running.Wait()
	if err != nil {
		os.Exit(1)
	}
	log.Info("Exiting cleanly...")
}

func run(ctx context.Context, cancel context.CancelFunc, opts options, running *sync.WaitGroup) error {
	subnets, err := kube.NewSubnetManager(ctx, opts.kubeApiUrl, opts.kubeConfigFile, opts.kubeAnnotationPrefix,
		opts.netConfPath, opts.setNodeNetworkUnavailable)
	if err != nil {
		return fmt.Errorf("Failed to create SubnetManager: %w", err)
	}
	log.Infof("Created subnet manager: %s", subnets.Name())
	cancelOnSignal(ctx, cancel, running)
	config, err := subnets.GetNetworkConfig(ctx)
	if err != nil {
		return fmt.Errorf("Couldn't fetch network config: %w", err)
	}
	log.Infof("Found network config - Backend type: %s", config.BackendType)
	if err := checkBridgeFilter(config); err != nil {
		return err
	}
	network, err := joinNetwork(ctx, opts, subnets, config, running)
	if err != nil {
		return err
	}
	if err := setUpRules(ctx, opts, config, network); err != nil {
		return err
	}
	lease := network.Lease()
	if err := subnets.HandleSubnetFile(opts.subnetFile, config, opts.ipMasq, lease.Subnet, lease.IPv6Subnet, network.MTU()); err != nil {
		log.Warningf("Failed to write subnet file: %s", err)
	} else {
		log.Infof("Wrote subnet file to %s", opts.subnetFile)
	}
	log.Info("Running backend.")
	running.Go(func() { network.Run(ctx) })
	if err := subnets.CompleteLease(ctx, lease, running); err != nil {
		log.Errorf("CompleteLease execute error err: %v", err)
		if strings.EqualFold(err.Error(), "interrupted") {
			cancel()
		}
	}
	return nil
}

func cancelOnSignal(ctx context.Context, cancel context.CancelFunc, running *sync.WaitGroup) {
	log.Info("Installing signal handlers")
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	running.Go(func() {
		select {
		case <-ctx.Done():
			log.Info("Stopping shutdownHandler...")
		case <-signals:
			cancel()
			log.Info("shutdownHandler sent cancel signal...")
		}
		signal.Stop(signals)
	})
}

// Without br_netfilter the rules for Services would not see what crosses cni0.
func checkBridgeFilter(config *subnet.Config) error {
	if config.EnableNFTables {
		return nil
	}
	for name, wanted := range map[string]bool{"iptables": config.EnableIPv4, "ip6tables": config.EnableIPv6} {
		_, err := os.Stat("/proc/sys/net/bridge/bridge-nf-call-" + name)
		if wanted && errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("Failed to check br_netfilter: %w", err)
		}
	}
	return nil
}

func joinNetwork(ctx context.Context, opts options, subnets subnet.Manager, config *subnet.Config, running *sync.WaitGroup) (backend.Network, error) {
	underlay, err := findUnderlay(ctx, opts, subnets, config)
	if err != nil {
		return nil, err
	}
	driver, err := backend.NewManager(ctx, subnets, underlay).GetBackend(config.BackendType)
	if err != nil {
		return nil, fmt.Errorf("Error fetching backend: %w", err)
	}
	network, err := driver.RegisterNetwork(ctx, running, config)
	if err != nil {
		return nil, fmt.Errorf("Error registering network: %w", err)
	}
	return network, nil
}

func setUpRules(ctx context.Context, opts options, config *subnet.Config, network backend.Network) error {
	log.Info("Cleaning-up unused traffic manager rules")
	if err := trafficManager(!config.EnableNFTables).CleanUp(ctx); err != nil {
		return err
	}
	rules := trafficManager(config.EnableNFTables)
	if err := rules.Init(ctx); err != nil {
		return err
	}
	if opts.ipMasq {
		before := readSubnetFile(opts.subnetFile)
		err := rules.SetupAndEnsureMasqRules(ctx, config.Network, before.v4("FLANNEL_SUBNET"), before.v4("FLANNEL_NETWORK"),
			config.IPv6Network, before.v6("FLANNEL_IPV6_SUBNET"), before.v6("FLANNEL_IPV6_NETWORK"),
			network.Lease(), opts.iptablesResyncSeconds, opts.ipMasqRandomFullyDisable)
		if err != nil {
			return fmt.Errorf("Failed to setup masq rules, %w", err)
		}
	}
	if opts.iptablesForwardRules {
		rules.SetupAndEnsureForwardRules(ctx, config.Network, config.IPv6Network, opts.iptablesResyncSeconds)
	}
	return nil
}

func trafficManager(useNFTables bool) trafficmngr.TrafficManager {
	if useNFTables {
		return &nftables.NFTablesManager{}
	}
	return &iptables.IPTablesManager{}
}

func flannelVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/flannel-io/flannel" {
			return module.Version
		}
	}
	return "dev"
}
