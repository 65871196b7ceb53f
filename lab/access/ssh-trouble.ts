import type { Lab } from '../cluster/plan.ts';
import { sshFile } from './ssh-keys.ts';

/** Programs to run on the node that has the trouble. */
interface Trouble {
  begin: readonly string[];
  end: readonly string[];
}

const signal = (name: string) => ['sh', '-c', `kill -${name} "$(cat /run/sshd.pid)"`];

const firewall = (...target: string[]): Trouble => {
  const rule = (verb: '-I' | '-D') => ['iptables', '-w', verb, 'INPUT', '-p', 'tcp', '--dport', '22', '-j', ...target];
  return { begin: rule('-I'), end: rule('-D') };
};

/** How the SSH door of a node can be closed; the first words of ssh differ for each. */
export const sshTrouble = (lab: Lab, node: string) =>
  ({
    stopped: {
      begin: signal('TERM'),
      end: ['/usr/sbin/sshd', '-f', sshFile(lab, `${node}.conf`), '-E', sshFile(lab, `${node}.log`)],
    },
    // The kernel still accepts, and nobody says anything.
    hanging: { begin: signal('STOP'), end: signal('CONT') },
    // As firewalld rejects, which no closed port does.
    rejected: firewall('REJECT', '--reject-with', 'icmp-admin-prohibited'),
    dropped: firewall('DROP'),
  }) as const satisfies Record<string, Trouble>;
