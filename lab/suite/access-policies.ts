import { kubeconfig } from '../cluster/plan.ts';
import { run } from '../machine/run.ts';
import { program } from './program.ts';
import type { Proof, Stage } from './proof.ts';

const matrixAs = ({ lab }: Stage, who: string) =>
  run(
    program(lab, [
      ...['policy', 'matrix', '-o', 'json', '--namespaces', 'doorkeeper'],
      ...['--kubeconfig', kubeconfig(lab, who)],
    ]),
  );

// The API server looks at rights before it looks whether there is such a kind: 403 for a kind of Calico where none is.
const viewerSees: Proof = async (stage) => {
  const [admin, viewer] = await Promise.all([matrixAs(stage, 'admin'), matrixAs(stage, 'viewer')]);
  if (viewer.code !== 0) return [`viewer ends with ${viewer.code}: ${viewer.stderr.trim()}`];
  return viewer.stdout === admin.stdout ? [] : ['viewer is told something else than admin'];
};

const nobodySeesNothing: Proof = async (stage) => {
  const { code, stderr } = await matrixAs(stage, 'nobody');
  return code === 4 && /does not allow "list/.test(stderr) ? [] : [`nobody ends with ${code}: ${stderr.trim()}`];
};

export const policyAccess: readonly (readonly [string, Proof])[] = [
  ['viewer is told the policies although kinds that are not installed may not be read', viewerSees],
  ['nobody is told which right is missing', nobodySeesNothing],
];
