import type { Change } from './change.ts';

const signal = (name: 'STOP' | 'CONT', node: string, program: string): Change => ({
  at: { node },
  run: ['pkill', `-${name}`, '-x', program],
});

/** A program that hangs: it keeps its sockets, its locks and its pid, and does nothing. */
export const freeze = (node: string, program: string): Change => signal('STOP', node, program);
export const thaw = (node: string, program: string): Change => signal('CONT', node, program);
