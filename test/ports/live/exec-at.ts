import type { CannotLook } from '../../../src/domain/cannot-look.js';
import { createExec, type ExecRequest } from '../../../src/ports/live/exec.js';
import { never, targetAt, unclean, wire } from './imitation/target.js';

export const cart = { namespace: 'shop', name: 'cart', container: 'till' };

export const execAt = (url: string, level: 'observe' | 'probe' = 'probe') => {
  const { connection, meter } = wire(targetAt(url, { login: { kind: 'token', token: 'till' } }));
  return createExec({ connection, meter, level: () => level, clean: unclean });
};

export const run = (url: string, more: Partial<ExecRequest> = {}, signal = never) =>
  execAt(url)({ pod: cart, argv: ['cat', '/etc/resolv.conf'], deadline: 5_000, ...more }, signal);

export const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );

export const text = ({ stdout, stderr }: { stdout: Buffer; stderr: Buffer }) => [stdout.toString(), stderr.toString()];
