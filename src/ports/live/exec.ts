import { InvalidName } from '../../clean/names.js';
import { CannotLook } from '../../domain/cannot-look.js';
import { isDnsLabel } from '../../domain/dns-names.js';
import type { Level } from '../../domain/level.js';
import type { PodRef } from '../../domain/ports.js';
import { failure, givenUp } from './api-failure.js';
import { refusal } from './api-refusal.js';
import { type ApiRequest, admit } from './api-request.js';
import type { Clean } from './clean.js';
import type { Connection } from './connection.js';
import { attemptExec, type ExecResult } from './exec-attempt.js';
import { programMissing } from './exec-frames.js';
import { ExecRefused } from './exec-socket.js';
import type { Meter } from './meter.js';
import { type Place, placeKey } from './place.js';
import type { Shell, ShellRequest } from './shell.js';

export interface ExecRequest extends ShellRequest {
  readonly pod: PodRef;
}

/** Runs a program in a container. Throws `CannotLook` when it could not be started. */
export type Exec = (request: ExecRequest, signal: AbortSignal) => Promise<ExecResult>;

export interface ExecOptions {
  readonly connection: Connection;
  readonly meter: Meter;
  readonly level: () => Level;
  readonly clean: Clean;
}

/** A container as a place to start programs in. */
export const containerShell = (exec: Exec, place: Place): Shell => ({
  key: placeKey(place),
  name: `container ${place.container} of pod ${place.namespace}/${place.name}`,
  exec: (request, signal) => exec({ ...request, pod: place }, signal),
});

const defaultCap = 1 << 20;

const apiRequest = ({ pod, argv }: ExecRequest): ApiRequest => {
  if (pod.container !== undefined && !isDnsLabel(pod.container)) throw new InvalidName('not a container name');
  if (argv.length === 0 || argv.some((word) => word.includes('\0'))) throw new Error('not an argument list');
  return {
    ...{ verb: 'create', group: '', version: 'v1', resource: 'pods', subresource: 'exec' },
    ...{ namespace: pod.namespace, name: pod.name },
    query: [
      ...argv.map((word) => ['command', word] as const),
      ...(pod.container === undefined ? [] : [['container', pod.container] as const]),
      ['stdout', 'true'],
      ['stderr', 'true'],
    ],
  };
};

export const createExec = ({ connection, meter, level, clean }: ExecOptions): Exec => {
  const again = (error: unknown) => error instanceof ExecRefused && error.reply.status === 401 && connection.renew();

  return async (request, signal) => {
    if (signal.aborted) throw givenUp(signal);
    const asked = apiRequest(request);
    const { path } = admit(asked, level());
    const { deadline, cap = defaultCap, onStdout } = request;
    const attempt = { path, deadline, cap, onStdout };
    const run = () => attemptExec({ connection, meter }, attempt, signal);
    const result = await run()
      .catch((error: unknown) => {
        if (again(error)) return run();
        throw error;
      })
      .catch((error: unknown) => {
        if (error instanceof ExecRefused) throw refusal(error.reply, asked, clean.cleanText);
        throw failure(error, connection.target.server.host);
      });
    if (result.ended === 'abort') throw givenUp(signal);
    const status = { exitCode: result.exitCode, message: result.message };
    if (result.ended !== 'status' || !programMissing(status, `${result.stdout}${result.stderr}`))
      return { ...result, message: clean.cleanText(result.message) };
    throw new CannotLook(
      'tool-missing',
      `The container of pod ${request.pod.namespace}/${request.pod.name} has no program "${request.argv[0]}".`,
    );
  };
};
