import { z } from 'zod';
import { dnsPods, dnsReplicas, dnsService } from '../../domain/cluster-dns.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { corefileSchema } from '../../parse/dns/corefile.js';
import { faultsOf, plainMissing } from '../../parse/dns/corefile-faults.js';
import { forwardsOf } from '../../parse/dns/corefile-zones.js';
import { clusterCorefile } from '../../queries/probes/cluster-corefile.js';

export default defineStep({
  stage: 'dns',
  level: 'observe',
  cost: 0,
  reads: ['configmaps', 'services', 'pods'],
  runs: [],
  from: anyEnd,
  to: anyEnd,
  evidence: z.strictObject({
    map: z.string(),
    corefile: corefileSchema.optional(),
    /** Addresses at which CoreDNS would ask itself. */
    own: z.array(z.string()),
  }),
  outcomes: {
    sound: 'pass',
    'syntax-error': 'fail',
    'defined-twice': 'fail',
    'misspelt-plugin': 'fail',
    'removed-option': 'fail',
    'no-kubernetes': 'fail',
    'forwards-to-itself': 'fail',
    'swallows-names': 'fail',
    'unknown-plugin': 'unsure',
    'no-upstream': 'warn',
    'no-cache': 'warn',
    'no-corefile': 'unsure',
  },

  async collect({ kube, clock }) {
    const [found, service, pods] = await Promise.all([clusterCorefile(kube), dnsService(kube), dnsPods(kube)]);
    const replicas = dnsReplicas(pods, clock.now()).map(({ address }) => address);
    const own = [...(service?.spec?.clusterIPs ?? [service?.spec?.clusterIP ?? '']), ...replicas].filter(isAddress);
    return { map: found?.map ?? '', ...(found && { corefile: found.corefile }), own };
  },

  interpret({ map, corefile, own }) {
    if (!corefile) return { outcome: 'no-corefile' };
    const [worst, ...more] = faultsOf(corefile, own);
    const facts = {
      map,
      words: worst?.words ?? '',
      line: worst?.line ?? 0,
      more: more.map(({ kind, line }) => `${kind} (${line})`),
      missing: plainMissing(corefile),
      upstreams: forwardsOf(corefile).map(({ zone, to }) => `${zone}. -> ${to}`),
      unseen: corefile.unseen,
    };
    return { outcome: worst?.kind ?? 'sound', facts };
  },
});
