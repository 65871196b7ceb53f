import { z } from 'zod';
import { endpointsOf, slicesOf, usable } from '../../domain/endpoints.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { asAsked, portsMeant, servicePorts } from '../../domain/service-port.js';
import { promisesHttp } from '../../domain/speaks-http.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { judgeKnock, knockSchema } from '../../parse/knock.js';
import { httpGet } from '../../queries/http-get.js';
import { knock } from '../../queries/probes/knock.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

/** Where nothing stands behind the address a few tries say it all, and the kernel limits how fast it refuses (icmp_ratelimit). */
const isEmpty = (slices: readonly KubeObject<'endpointslices'>[] | undefined) =>
  slices !== undefined && usable(endpointsOf(slices)).length === 0;

export default defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 1,
  reads: ['services', 'endpointslices'],
  runs: [tcpConnect, httpGet, resolveName, resolverConfig],
  from: ['pod'],
  to: ['service'],
  /** Without a knock there is no address, or no number to knock at. */
  evidence: z.object({ knock: knockSchema.optional() }),
  outcomes: {
    answers: 'pass',
    // A packet was lost, and sent again: works, and not as a sound network does.
    'answers-late': 'warn',
    'some-fail': 'fail',
    refused: 'fail',
    'times-out': 'fail',
    unreachable: 'fail',
    resets: 'fail',
    'accepts-but-silent': 'fail',
    'udp-silent': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, pod }, { from, to, ...flow }) {
    const service = await kube.get('services', { namespace: to.namespace, name: to.name });
    const meant = portsMeant(servicePorts(service), flow)[0] ?? asAsked(flow);
    const address = service?.spec?.clusterIP ?? '';
    if (!meant || !isAddress(address)) return {};
    const { port, protocol } = meant;
    const http = promisesHttp(service, port) ? `${to.name}.${to.namespace}` : undefined;
    const slices = await ifReadable(
      kube.list('endpointslices', { namespace: to.namespace, labels: slicesOf(to.name) }),
    );
    const source = pod({ namespace: from.namespace, name: from.name });
    return { knock: await knock(source, { address, port, protocol, http, tries: isEmpty(slices) ? 2 : undefined }) };
  },

  interpret({ knock: knocked }) {
    return knocked ? judgeKnock(knocked) : { outcome: 'no-address' };
  },
});
