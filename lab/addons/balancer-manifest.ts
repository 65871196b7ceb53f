import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { folderOfDependency } from '../build/programs.ts';
import type { Manifest } from '../scenario/manifest.ts';

interface Container {
  args: string[];
  readinessProbe: { initialDelaySeconds: number; periodSeconds: number };
}

type Workload = Manifest & { spec: { template: { spec: { containers: Container[] } } } };

/** MetalLB's own metallb-native.yaml, which its module brings: custom resources, rights, controller and speaker. */
export async function metallb(): Promise<Manifest[]> {
  const folder = await folderOfDependency('metallb', 'go.universe.tf/metallb');
  const text = await readFile(join(folder, 'config/manifests/metallb-native.yaml'), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  const wanted = objects.filter((object) => !isOfWebhook(object));
  for (const object of wanted) if ('template' in ((object.spec as object | undefined) ?? {})) adapt(object as Workload);
  return wanted;
}

// The API server stands outside of the cluster's network, as a hosted one does, and reaches no webhook in it.
const isOfWebhook = ({ kind, metadata }: Manifest) =>
  kind === 'ValidatingWebhookConfiguration' || metadata.name === 'metallb-webhook-service';

function adapt({ kind, spec }: Workload): void {
  for (const container of spec.template.spec.containers) {
    if (kind === 'Deployment') container.args.push('--webhook-mode=disabled');
    Object.assign(container.readinessProbe, { initialDelaySeconds: 0, periodSeconds: 1 }); // ten seconds are long here
  }
}
