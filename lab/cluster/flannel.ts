import { readFile, writeFile } from 'node:fs/promises';
import { eventually } from '../machine/eventually.ts';
import { inNode, type Node, startOnNode } from './node.ts';
import { kubeconfig, type Lab, NETWORK } from './plan.ts';

/** The pod network: flanneld for the way between nodes, and on each node what flannel's CNI plugin would write for the bridge plugin. */
export async function startFlannel(lab: Lab, flanneld: string, node: Node): Promise<void> {
  const netConf = '/etc/kube-flannel/net-conf.json';
  await writeFile(
    inNode(node.pid, netConf),
    JSON.stringify({ Network: NETWORK.pods, EnableNFTables: false, Backend: { Type: 'vxlan' } }),
  );
  const argv = [
    flanneld,
    '--node',
    node.name,
    '--iface',
    'eth0',
    '--kubeconfig',
    kubeconfig(lab, 'flannel'),
    '--net-conf',
    netConf,
  ];
  const daemon = startOnNode(lab, node, argv);
  const subnetFile = inNode(node.pid, '/run/flannel/subnet.env');
  const subnet = await eventually(
    `flannel's subnet on ${node.name}`,
    async () => parseSubnet(await readFile(subnetFile, 'utf8')),
    { hope: daemon.alive },
  );
  await writeFile(inNode(node.pid, '/etc/cni/net.d/10-flannel.conflist'), JSON.stringify(conflist(subnet)));
}

interface Subnet {
  cidr: string;
  mtu: number;
}

// FLANNEL_SUBNET=10.244.1.1/24 (the gateway, not the network) and FLANNEL_MTU=1450
function parseSubnet(text: string): Subnet | undefined {
  const gateway = /^FLANNEL_SUBNET=(.+)$/m.exec(text)?.[1];
  const mtu = /^FLANNEL_MTU=(\d+)$/m.exec(text)?.[1];
  return gateway && mtu ? { cidr: gateway.replace('.1/', '.0/'), mtu: Number(mtu) } : undefined;
}

const conflist = ({ cidr, mtu }: Subnet) => ({
  cniVersion: '0.4.0',
  name: 'cbr0',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      isDefaultGateway: true,
      hairpinMode: true,
      mtu,
      ipMasq: false,
      ipam: {
        type: 'host-local',
        dataDir: '/run/cni-ipam',
        ranges: [[{ subnet: cidr }]],
        routes: [{ dst: NETWORK.pods }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
});
