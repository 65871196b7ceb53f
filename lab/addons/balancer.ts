import { applyManifest } from '../cluster/manifest.ts';
import { eventually } from '../machine/eventually.ts';
import type { Addon } from './addon.ts';
import { metallb } from './balancer-manifest.ts';

const here = ['-n', 'metallb-system'];

/** MetalLB in its layer 2 mode: one node answers ARP for the address of a Service. */
export const balancer: Addon = {
  async install(lab, kubectl) {
    const objects = await metallb();
    await kubectl.apply(objects.filter(({ kind }) => kind !== 'DaemonSet'));
    // The controller makes what the speakers mount; kubelet waits longer after each mount that fails.
    await eventually('the secret of the speakers', () =>
      kubectl.must([...here, 'get', 'secret', 'memberlist', '-o', 'name']),
    );
    await kubectl.apply(objects.filter(({ kind }) => kind === 'DaemonSet'));
    const resources = ['crd/ipaddresspools.metallb.io', 'crd/l2advertisements.metallb.io'];
    await kubectl.must(['wait', '--for=condition=Established', ...resources, '--timeout=30s']);
    await applyManifest(lab, kubectl, 'balancer.yaml');
    for (const workload of ['deploy/controller', 'ds/speaker'])
      await kubectl.must([...here, 'rollout', 'status', workload, '--timeout=60s']);
  },
};
