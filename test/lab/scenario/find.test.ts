import { describe, expect, it } from 'vitest';
import { findFaults } from '../../../lab/scenario/find.ts';

const faults = await findFaults();
/** What every lab has, or an addon of it: the API server calls webhooks there, and Pods call the API server. */
const ofTheLab = ['default', 'ingress-nginx'];

describe('faults', () => {
  it.each(faults.map((fault) => [fault.name, fault] as const))('%s stays in its own namespace', (_, fault) => {
    const places = new Set(fault.objects.flatMap(({ metadata }) => metadata.namespace ?? []));
    expect([...places]).toEqual(places.size > 0 ? [fault.namespace] : []);
    // "svc/shop/cart:80": nodes, hosts and the control plane are in no namespace, the door is in one of its own.
    const ends = [fault.flow.from, fault.flow.to].flatMap(
      (end) => /^(?!outside)[a-z]+\/([^/]+)\//.exec(end)?.[1] ?? [],
    );
    const others = ends.filter((end) => !ofTheLab.includes(end));
    expect(others.length === 0 || others.includes(fault.namespace)).toBe(true);
  });

  it('break the Service and pod stages in eight ways, and leave three odd clusters whole', () => {
    const odd = faults.filter(({ symptom }) => symptom.fails === 'never');
    expect(odd.length).toBeGreaterThanOrEqual(3);
    expect(new Set(faults.flatMap(({ runs }) => runs[0]?.expect.top ?? [])).size).toBeGreaterThanOrEqual(8);
  });
});
