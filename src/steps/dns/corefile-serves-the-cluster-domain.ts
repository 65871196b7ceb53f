import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';
import { closestZone, isOpaque, kubernetesZones } from '../../parse/dns/corefile-zones.js';
import { clusterDomain } from '../../parse/resolv-conf.js';
import { clusterCorefile } from '../../queries/probes/cluster-corefile.js';
import { resolverConfig } from '../../queries/resolver-config.js';

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 1,
  reads: ['configmaps', 'pods'],
  runs: [resolverConfig],
  from: ['pod'],
  to: anyEnd,
  evidence: z.strictObject({
    map: z.string(),
    /** The zones in which CoreDNS answers for Services; absent without a Corefile. */
    zones: z.array(z.string()).optional(),
    /** What the kubelet told the Pod; empty where it told nothing. */
    domain: z.string(),
    partly: z.boolean(),
  }),
  outcomes: {
    serves: 'pass',
    'other-zone': 'fail',
    'cannot-be-known': 'unsure',
    'no-domain': 'unsure',
    'no-corefile': 'unsure',
  },

  async collect({ kube, pod }, { from }) {
    const [config, found] = await Promise.all([
      pod({ namespace: from.namespace, name: from.name }).run(resolverConfig, {}),
      clusterCorefile(kube),
    ]);
    const corefile = found?.corefile;
    const partly = corefile !== undefined && (corefile.problem !== undefined || corefile.unseen.length > 0);
    const zones = corefile && kubernetesZones(corefile);
    return { map: found?.map ?? '', ...(zones && { zones }), domain: clusterDomain(config) ?? '', partly };
  },

  interpret({ map, zones, domain, partly }) {
    if (!zones) return { outcome: 'no-corefile' };
    const facts = { map, zones, domain };
    if (domain === '') return { outcome: 'no-domain', facts };
    if (closestZone(`svc.${domain}`, zones) !== undefined) return { outcome: 'serves', facts };
    return { outcome: partly || zones.length === 0 || zones.some(isOpaque) ? 'cannot-be-known' : 'other-zone', facts };
  },
});
