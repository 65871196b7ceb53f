import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Fault } from './fault.ts';

export interface NamedFault extends Fault {
  name: string;
}

const FOLDER = join(import.meta.dirname, '../faults');

/** The folder is the list: the name of the file is the name of the fault. */
export async function findFaults(): Promise<NamedFault[]> {
  const files = globSync('*.ts', { cwd: FOLDER }).toSorted();
  const faults = await Promise.all(files.map(load));
  const doubled = faults.find(({ namespace }, at) => faults.findIndex((other) => other.namespace === namespace) !== at);
  if (doubled) throw new Error(`two faults share the namespace ${doubled.namespace}`);
  return faults;
}

async function load(file: string): Promise<NamedFault> {
  const module = (await import(join(FOLDER, file))) as { fault?: Fault };
  if (!module.fault) throw new Error(`lab/faults/${file} exports no fault`);
  return { name: basename(file, '.ts'), ...module.fault };
}

export async function findFault(name: string): Promise<NamedFault> {
  const faults = await findFaults();
  const fault = faults.find((one) => one.name === name);
  if (!fault) throw new Error(`no fault ${name}; there are: ${faults.map((one) => one.name).join(', ')}`);
  return fault;
}
