import { isIP } from 'node:net';
import { z } from 'zod';
import { givenAddresses } from '../../domain/given-addresses.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema, connectOutcome } from '../../parse/connect.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

export default defineStep({
  stage: 'exposure',
  level: 'probe',
  cost: 2,
  reads: ['services'],
  runs: [tcpConnect],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: z.object({ address: z.string(), port: z.int(), connect: connectFactsSchema.optional() }),
  outcomes: {
    answers: 'pass',
    'some-fail': 'fail',
    refused: 'fail',
    'times-out': 'fail',
    unreachable: 'fail',
    resets: 'fail',
    'not-tried': 'unsure',
  },

  async collect(ports, flow) {
    const { namespace, name } = flow.to;
    const service = await ports.kube.get('services', { namespace, name });
    const [address = ''] = givenAddresses(service);
    const meant = portToTry(service, flow);
    if (!address || !meant || meant.protocol !== 'TCP') return { address, port: meant?.port ?? 0 };
    const series = { host: address, port: meant.port, tries: 9, waitSeconds: 2 };
    const connect = understood(await sourceOf(ports, flow.from).run(tcpConnect, series));
    return { address, port: meant.port, connect };
  },

  interpret({ address, port, connect }) {
    const facts = {
      ...{ address, 'lb-port': port, failed: connect?.failed ?? 0, of: connect?.of ?? 0 },
      ...{ classes: connect?.classes ?? {}, tool: connect?.tool ?? '', named: isIP(address) === 0 },
    };
    return { outcome: connect ? connectOutcome(connect) : 'not-tried', facts };
  },
});
