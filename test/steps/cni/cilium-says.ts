import type { FakeAnswers } from '../../support/fake-world.js';
import { ran } from '../../support/fake-world.js';
import { connect } from './plugin-shop.js';

/** As `cilium-dbg status -o json` of a healthy agent that does the work of kube-proxy. */
export const status = (changed: object = {}) =>
  ran(
    JSON.stringify({
      cilium: { state: 'Ok', msg: '1.18.3 (v1.18.3-c1601689)' },
      kubernetes: { state: 'Ok', msg: '1.34 (v1.34.0) [linux/amd64]' },
      hubble: { state: 'Ok' },
      encryption: { mode: 'Disabled' },
      'cni-chaining': { mode: 'none' },
      'kube-proxy-replacement': { mode: 'True', deviceList: [{ name: 'eth0', ip: ['10.0.0.12'] }], devices: ['eth0'] },
      ...changed,
    }),
  );

type Run = ReturnType<typeof ran>;
interface Says {
  readonly agent?: (query: string, args: object, node: string) => Run;
  readonly how?: 'timeout' | 'open';
}

/** The agents answer what is asked of them, the source tries to connect, and no node is entered. */
export const says = ({ agent, how = 'timeout' }: Says): FakeAnswers => ({
  pod: (query, args, { name, container }) => {
    if (query === 'tcp-connect') return connect(how);
    if (container !== 'cilium-agent' || !agent) throw new Error(`${query} was asked in ${name}`);
    return agent(query, args, name.replace('cilium-', ''));
  },
});
