import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseUnitStates } from '../../../src/parse/node/unit-states.js';
import { recorded } from '../recorded.js';

const units = (name: string) =>
  Object.fromEntries(parseUnitStates(recorded('systemd', `units-${name}`)).map((unit) => [unit.name, unit]));

it('tells units that run from those that a machine does not have', () => {
  const { kubelet, containerd, crio } = units('running');
  expect(kubelet).toMatchObject({ present: true, active: 'active', sub: 'running' });
  expect(containerd).toMatchObject({ present: true, active: 'active' });
  expect(crio).toMatchObject({ present: false, active: 'inactive' });
});

it('tells a unit that was stopped from one that ends again and again', () => {
  expect(units('kubelet-stopped').kubelet).toMatchObject({ present: true, active: 'inactive', sub: 'dead' });
  expect(units('kubelet-waits').kubelet).toMatchObject({ active: 'activating', sub: 'auto-restart', exitStatus: 1 });
  // The same loop a moment later: systemd has just started it again.
  expect(units('kubelet-crashes').kubelet).toMatchObject({ active: 'active', restarts: 3 });
  expect(units('runtime-stopped')).toMatchObject({ containerd: { active: 'inactive' }, kubelet: { active: 'active' } });
});

it('finds nothing where systemd does not run', () => {
  const said =
    "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n";
  expect(parseUnitStates(said)).toEqual([]);
  expect(parseUnitStates('')).toEqual([]);
});

it('throws at no text', () => {
  fc.assert(
    fc.property(
      fc.string(),
      (text) => void parseUnitStates(`Id=${text}\nActiveState=active\nNRestarts=${text}\n\n${text}`),
    ),
  );
});
