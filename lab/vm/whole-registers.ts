import { join } from 'node:path';
import { must } from '../machine/run.ts';

/** Compiles what is loaded into the kernel for the registers of today's processors. */
export async function makeWholeRegisters(folder: string): Promise<string> {
  const library = join(folder, 'whole-registers.so');
  const source = join(import.meta.dirname, 'whole-registers.c');
  await must(['gcc', '-O2', '-Wall', '-Werror', '-shared', '-fPIC', '-o', library, source]);
  return library;
}
