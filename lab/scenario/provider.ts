import { NODES } from '../cluster/plan.ts';
import type { Change } from './change.ts';
import { type Manifest, service } from './manifest.ts';
import { onRouter } from './on-router.ts';

/** MetalLB leaves a Service of this class alone. */
const CLASS = 'example.com/edge';

interface Provided {
  namespace: string;
  service: string;
  /** Of the load balancer: in no network of the lab, so that all who ask it come by the router. */
  address: string;
  nodePort: number;
  /** Nodes that it sends to; all, when not said. */
  targets?: readonly string[];
}

interface Provider {
  /** For `Fault.beforehand`. */
  stands: Change[];
  /** It ends connections that are silent for two seconds, and tells nobody. */
  forgets: Change;
  remembers: Change;
  /** A firewall between it and the nodes. */
  isCutOff: Change;
  isLetIn: Change;
  /** Servers see who asks, where they saw the load balancer before. */
  keepsClients: Change;
  hidesClients: Change;
}

// What comes back passes it again, as in the network of a provider, where no two nodes share a cable.
const tables = ({ service: name, address, nodePort, targets = NODES.map((node) => node.name) }: Provided) => {
  const nodes = NODES.filter((node) => targets.includes(node.name)).map((node) => node.address);
  const next = nodes.map((node, at) => `${at} : ${node} . ${nodePort}`).join(', ');
  return `
table ip ${name} {
  ct timeout silence {
    protocol tcp
    l3proto ip
    policy = { established : 2 }
  }
  chain known {
    type filter hook prerouting priority -150
    ip daddr ${address} tcp flags & (fin|syn|rst|ack) != syn ct state new drop
  }
  chain idle { type filter hook prerouting priority -140; }
  chain to_nodes {
    type nat hook prerouting priority dstnat
    ip daddr ${address} tcp dport 80 dnat ip to numgen inc mod ${nodes.length} map { ${next} }
  }
  chain wall { type filter hook forward priority filter; }
  chain as_itself {
    type nat hook postrouting priority srcnat
    ${asItself(address)}
  }
}
table bridge ${name} {
  chain back {
    type filter hook prerouting priority dstnat
    ip saddr { ${nodes.join(', ')} } tcp sport ${nodePort} ether daddr set ROUTER meta pkttype set host
  }
}`;
};

const asItself = (address: string) => `ct original ip daddr ${address} masquerade`;

/** A load balancer of somebody else, outside of the cluster: the router translates its address to node ports. */
export const provider = (provided: Provided): Provider => {
  const { namespace, service: name, address, nodePort } = provided;
  const nft = (...words: string[]): Change => ({ at: { net: 'underlay' }, run: ['nft', ...words] });
  const add = (chain: string, rule: string) => nft(`add rule ip ${name} ${chain} ${rule}`);
  const clear = (chain: string) => nft(`flush chain ip ${name} ${chain}`);
  const given = { status: { loadBalancer: { ingress: [{ ip: address, ipMode: 'Proxy' }] } } };
  const status = ['-n', namespace, 'patch', 'service', name, '--subresource=status', '--type=merge'];
  return {
    stands: [{ kubectl: [...status, '-p', JSON.stringify(given)] }, onRouter(tables(provided))],
    forgets: add('idle', `ip daddr ${address} ct timeout set "silence"`),
    remembers: clear('idle'),
    isCutOff: add('wall', `oifname br0 tcp dport ${nodePort} drop`),
    isLetIn: clear('wall'),
    keepsClients: clear('as_itself'),
    hidesClients: add('as_itself', asItself(address)),
  };
};

interface Balanced extends Provided {
  listens: number;
  annotations?: Readonly<Record<string, string>>;
  more?: object;
}

/** Its Service, for servers with the same name. */
export const provided = ({ namespace, service: name, nodePort, listens, annotations, more }: Balanced): Manifest => {
  const ports = [{ port: 80, targetPort: listens, nodePort }];
  const spec = { type: 'LoadBalancer', loadBalancerClass: CLASS, selector: { app: name }, ports, ...more };
  const made = service(namespace, name, spec);
  return annotations ? { ...made, metadata: { ...made.metadata, annotations } as Manifest['metadata'] } : made;
};
