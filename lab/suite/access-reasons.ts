import { readFile } from 'node:fs/promises';
import { kubectlFor } from '../cluster/kubectl.ts';
import { log } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import type { Proof } from './proof.ts';

// A client hears "Unauthorized" alone, whatever is wrong with it; only the server says what it disliked.
const refusedFor =
  (who: string, reason: string): Proof =>
  async ({ lab, kubectl }) => {
    const file = log(lab, 'apiserver');
    const before = (await readFile(file, 'utf8')).length;
    await kubectlFor(lab, kubectl.program, who).run(['get', 'pods']);
    const said = async () => (await readFile(file, 'utf8')).slice(before).includes(reason);
    await eventually(`the API server says "${reason}"`, said, { timeoutMs: 5_000 });
    return [];
  };

export const accessReasons: readonly (readonly [string, Proof])[] = [
  ['the API server knows the token, and that its time is over', refusedFor('expired-token', 'token has expired')],
  ['the API server knows the certificate, and that its time is over', refusedFor('expired-cert', 'has expired or is')],
];
