import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/service-offers-the-port.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'service-offers-the-port');
const flow = toCart;
const http = { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 };
const dns = { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 };
const dnsTcp = { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 5353 };
const open = { ...flow, port: undefined };

describe('service-offers-the-port', () => {
  it.each([
    ['offered', { ports: [http] }, flow],
    ['offered', { ports: [http] }, open],
    ['offered', { ports: [http] }, { ...flow, port: 'http' }],
    ['not-offered', { ports: [http] }, { ...flow, port: 8443 }],
    ['other-protocol', { ports: [dns] }, { ...flow, port: 53 }],
    ['other-protocol', { ports: [dns] }, open],
    ['ambiguous', { ports: [http, dnsTcp] }, open],
    ['not-enforced', { ports: [http], clusterIP: 'None' }, { ...flow, port: 9090 }],
    ['external-name', { type: 'ExternalName' }, flow],
  ])('%s', async (outcome, spec, of) => {
    const seen = await look({ services: [service(spec)] }, { flow: of });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('no-service', async () => {
    expect((await look({}, { flow })).outcome).toBe('no-service');
  });

  it('points to the port whose target was asked for', async () => {
    const { facts } = await look({ services: [service()] }, { flow: { ...flow, port: 8080 } });
    expect(facts).toEqual({ port: 8080, protocol: 'TCP', offered: ['http 80/TCP'], ports: [80], near: [80] });
  });

  it.each([['UDP'], ['TCP']] as const)(
    'raises no alarm where one number is offered over %s and another protocol',
    async (protocol) => {
      const services = [service({ ports: [dns, dnsTcp] })];
      expect((await look({ services }, { flow: { ...flow, protocol, port: 53 } })).result).toBe('pass');
    },
  );

  it('takes a port without a protocol for TCP', async () => {
    expect((await look({ services: [service({ ports: [{ port: 80 }] })] }, { flow })).facts).toMatchObject({
      'target-port': 80,
    });
  });
});
