import { PATIENCE } from '../machine/eventually.ts';
import { type Finished, must, type RunOptions, run } from '../machine/run.ts';
import { kubeconfig, type Lab, within } from './plan.ts';

/** kubectl, from where the tool runs: the bastion. */
export interface Kubectl {
  /** The file that holds all Kubernetes programs. */
  program: string;
  argv(args: readonly string[]): string[];
  must(args: readonly string[], options?: RunOptions): Promise<string>;
  run(args: readonly string[], options?: RunOptions): Promise<Finished>;
  apply(objects: readonly object[]): Promise<void>;
}

const patient = (arg: string) =>
  arg.replace(/^--timeout=(\d+)s$/, (_, seconds: string) => `--timeout=${Number(seconds) * PATIENCE}s`);

// To validate, kubectl asks for the whole schema and gives up after 32 s, which an API server below a kernel that runs as a program is slower than.
const unvalidated = PATIENCE > 1 ? ['--validate=ignore'] : [];

export function kubectlFor(lab: Lab, kube: string, who = 'admin'): Kubectl {
  const argv = (args: readonly string[]) => [
    ...within(lab, 'bastion'),
    kube,
    'kubectl',
    '--kubeconfig',
    kubeconfig(lab, who),
    ...args.map(patient),
  ];
  return {
    program: kube,
    argv,
    must: (args, options) => must(argv(args), options),
    run: (args, options) => run(argv(args), options),
    async apply(objects) {
      if (objects.length === 0) return;
      const list = { apiVersion: 'v1', kind: 'List', items: objects };
      await must(argv(['apply', ...unvalidated, '-f', '-']), { input: JSON.stringify(list) });
    },
  };
}
