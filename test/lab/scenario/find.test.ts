import { describe, expect, it } from 'vitest';
import { findFaults } from '../../../lab/scenario/find.ts';

const faults = await findFaults();

describe('faults', () => {
  it.each(faults.map((fault) => [fault.name, fault] as const))('%s stays in its own namespace', (_, fault) => {
    const places = new Set(fault.objects.map(({ metadata }) => metadata.namespace));
    expect([...places]).toEqual([fault.namespace]);
    expect(fault.flow.from).toMatch(new RegExp(`^pod/${fault.namespace}/`));
    expect(fault.flow.to).toMatch(new RegExp(`^svc/${fault.namespace}/`));
  });

  it('break the Service and pod stages in eight ways, and leave three odd clusters whole', () => {
    const odd = faults.filter(({ symptom }) => symptom.fails === 'never');
    expect(odd.length).toBeGreaterThanOrEqual(3);
    expect(new Set(faults.flatMap(({ runs }) => runs[0]?.expect.top ?? [])).size).toBeGreaterThanOrEqual(8);
  });
});
