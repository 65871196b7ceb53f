import { buildPrograms } from './build/programs.ts';
import { down } from './cluster/down.ts';
import { kubectlFor } from './cluster/kubectl.ts';
import { enter, nodePid } from './cluster/node.ts';
import { kubeconfig, type Lab, labFromEnvironment, NODES, within } from './cluster/plan.ts';
import { up } from './cluster/up.ts';
import { handOver } from './machine/run.ts';
import { complain, say } from './machine/say.ts';
import { StageFailed, stage } from './machine/stage.ts';
import { findFault, findFaults } from './scenario/find.ts';
import { Play } from './scenario/play.ts';

const USAGE = `node lab/lab.ts up | down | status
                kubectl ARGS…       as administrator, from the bastion
                node NODE CMD…      a program on node-a, node-b or node-c
                net NAME CMD…       a program in the namespace bastion, cp, ext or underlay
                faults              what can be broken, and how to walk it
                break NAME          bring it up, prove that it works, break it, prove that it fails
                heal NAME           and prove that it works again
                clear NAME          delete its namespace
LAB_DIR (.lab), LAB_PREFIX (nl), LAB_PROFILE (plain, doors, nft, routed, cached)`;

type Command = (lab: Lab, args: readonly string[]) => Promise<number>;

const commands: Record<string, Command> = {
  async up(lab) {
    await up(lab);
    say(`\nKUBECONFIG=${kubeconfig(lab, 'admin')}\nrun in it: ${within(lab, 'bastion').join(' ')} COMMAND`);
    return 0;
  },
  async down(lab) {
    await stage('down', () => down(lab));
    return 0;
  },
  async status(lab) {
    for (const { name, address } of NODES) say(`${name} ${address} ${(await nodePid(lab, name)) ? 'up' : 'down'}`);
    return handOver(await kubectl(lab, ['get', 'nodes,pods', '-A', '-o', 'wide']));
  },
  kubectl: async (lab, args) => handOver(await kubectl(lab, args)),
  async node(lab, [name = '', ...argv]) {
    const pid = await nodePid(lab, name);
    if (pid === undefined) throw new Error(`no node ${name} is up`);
    return handOver(enter(pid, argv));
  },
  async faults() {
    for (const { name, story, flow } of await findFaults())
      say(`${name}\n  ${story}\n  --from ${flow.from} --to ${flow.to}`);
    return 0;
  },
  async break(lab, [name = '']) {
    const fault = await findFault(name);
    const play = new Play(lab, await administrator(lab), fault);
    await stage(`${name} works`, () => play.prepare());
    await stage(`${name} is injected`, () => play.inject());
    say(`--from ${fault.flow.from} --to ${fault.flow.to}`);
    return 0;
  },
  async heal(lab, [name = '']) {
    const play = new Play(lab, await administrator(lab), await findFault(name));
    await stage(`${name} works again`, () => play.heal());
    return 0;
  },
  async clear(lab, [name = '']) {
    await new Play(lab, await administrator(lab), await findFault(name)).cleanUp();
    return 0;
  },
  net: async (lab, [name = '', ...argv]) => handOver([...within(lab, name), ...argv]),
};

const administrator = async (lab: Lab) => kubectlFor(lab, (await buildPrograms()).kube);
const kubectl = async (lab: Lab, args: readonly string[]) => (await administrator(lab)).argv(args);

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  complain(USAGE);
  process.exit(2);
}
try {
  process.exitCode = await command(labFromEnvironment(), args);
} catch (error) {
  if (!(error instanceof StageFailed)) complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
