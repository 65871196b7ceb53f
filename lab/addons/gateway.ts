import { join } from 'node:path';
import { buildTraefik, folderOfDependency } from '../build/programs.ts';
import { applyManifest } from '../cluster/manifest.ts';
import { bin } from '../cluster/plan.ts';
import { place } from '../cluster/programs.ts';
import type { Addon } from './addon.ts';

/** Traefik as a controller of the Gateway API, with the resources of its standard channel. */
export const gateway: Addon = {
  async install(lab, kubectl) {
    const [program, api] = await Promise.all([
      buildTraefik(),
      folderOfDependency('gateway', 'sigs.k8s.io/gateway-api'),
    ]);
    await place(program, bin(lab, 'traefik'));
    // Too large for the annotation in which a client keeps what it applied.
    await kubectl.must(['apply', '--server-side', '-f', join(api, 'config/crd/standard')]);
    await kubectl.must(['wait', '--for=condition=Established', ...RESOURCES, '--timeout=30s']);
    await applyManifest(lab, kubectl, 'gateway.yaml');
    await kubectl.must(['-n', 'traefik', 'rollout', 'status', 'deploy/traefik', '--timeout=60s']);
    await kubectl.must(['wait', '--for=condition=Accepted', 'gatewayclass/traefik', '--timeout=60s']);
  },
};

const RESOURCES = ['gatewayclasses', 'gateways', 'httproutes', 'referencegrants'].map(
  (plural) => `crd/${plural}.gateway.networking.k8s.io`,
);
