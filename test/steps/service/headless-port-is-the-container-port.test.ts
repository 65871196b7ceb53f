import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/headless-port-is-the-container-port.js';
import { looking } from '../look.js';
import { pod, service, toCart } from '../shop.js';

const look = looking(step, 'headless-port-is-the-container-port');
const flow = toCart;
const headless = (ports: object[]) => [service({ clusterIP: 'None', clusterIPs: ['None'], ports: ports as never })];
const mapped = { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 };
const named = { ...mapped, targetPort: 'web' };
const pods = [pod('cart-1')];

describe('headless-port-is-the-container-port', () => {
  it.each([
    ['same', headless([mapped]), { ...flow, port: 8080 }],
    ['same', headless([{ ...mapped, targetPort: 80 }]), flow],
    ['same', headless([named]), { ...flow, port: 8080 }],
    ['not-headless', [service()], flow],
    ['mapped', headless([mapped]), flow],
    ['mapped', headless([named]), flow],
    ['mapped', headless([mapped]), { ...flow, port: 'http' }],
    ['unlisted', headless([mapped]), { ...flow, port: 9090 }],
    ['unlisted', headless([mapped, { ...named, name: 'more', port: 81 }]), { ...flow, port: undefined }],
    ['no-service', [], flow],
  ])('%s', async (outcome, services, of) => {
    const seen = await look({ services, pods }, { flow: of });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('tells both ports, and reads what it declares', async () => {
    const { facts, used } = await look({ services: headless([named]), pods }, { flow });
    expect(used).toEqual(step.reads);
    expect(facts).toEqual({ port: 80, 'target-port': 8080, ports: [8080] });
  });

  it('raises no alarm over a headless Service without ports', async () => {
    expect((await look({ services: headless([]), pods }, { flow })).result).toBe('unsure');
  });
});
