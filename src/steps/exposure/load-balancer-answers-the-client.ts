import { isIP } from 'node:net';
import { z } from 'zod';
import { balancerAddress } from '../../domain/balancer-address.js';
import { givenAddresses } from '../../domain/given-addresses.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema, connectOutcome } from '../../parse/connect.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const evidenceSchema = z.object({
  address: z.string(),
  port: z.int(),
  /** kube-proxy takes the address itself, on the node of whoever asks in the cluster. */
  inside: z.boolean(),
  connect: connectFactsSchema.optional(),
});

export default defineStep({
  stage: 'exposure',
  level: 'probe',
  cost: 2,
  reads: ['services'],
  runs: [tcpConnect],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    answers: 'pass',
    'answers-inside': 'unsure',
    'some-fail': 'fail',
    refused: 'fail',
    'times-out': 'fail',
    unreachable: 'fail',
    resets: 'fail',
    'not-tried': 'unsure',
  },

  async collect(ports, flow): Promise<z.infer<typeof evidenceSchema>> {
    const { namespace, name } = flow.to;
    const service = await ports.kube.get('services', { namespace, name });
    const [address = ''] = givenAddresses(service);
    const meant = portToTry(service, flow);
    const base = { address, port: meant?.port ?? 0, inside: balancerAddress(service) === undefined };
    if (!address || !meant || meant.protocol !== 'TCP') return base;
    const series = { host: address, port: meant.port, tries: 9, waitSeconds: 2 };
    const connect = understood(await sourceOf(ports, flow.from).run(tcpConnect, series));
    return { ...base, connect };
  },

  interpret({ address, port, inside, connect }) {
    const named = { address, 'lb-port': port, named: isIP(address) === 0 };
    if (!connect) return { outcome: 'not-tried', facts: { ...named, failed: 0, of: 0, classes: {}, tool: '' } };
    const { failed, of, classes, tool } = connect;
    const heard = connectOutcome(connect);
    const outcome = heard === 'answers' && inside ? 'answers-inside' : heard;
    return { outcome, facts: { ...named, failed, of, classes, tool } };
  },
});
