import type { Client } from 'ssh2';
import { CannotLook } from '../../domain/cannot-look.js';
import { abortable } from '../abortable.js';
import type { Shell } from '../live/shell.js';
import { clientShell } from './client-shell.js';

interface Held {
  readonly shell: Shell;
  isGone(): boolean;
}

const held = (client: Client, place: Pick<Shell, 'key' | 'name'>): Held => {
  let gone = false;
  client.once('close', () => {
    gone = true;
  });
  return { shell: clientShell(client, place), isGone: () => gone };
};

const again = ({ name }: Pick<Shell, 'name'>, error: unknown) =>
  error instanceof CannotLook
    ? new CannotLook(error.code, `The connection to ${name} was lost, and another could not be made: ${error.message}`)
    : error;

const twice = ({ name }: Pick<Shell, 'name'>) =>
  new CannotLook('lost', `The connection to ${name} was lost a second time; a third is not made.`);

/**
 * A node that restarts, or whose connection is cut, is connected to again by the next program: once, so that a node
 * that stays away costs one wait and not one for every check. What ran when it died stays lost.
 */
export const reconnecting = async (
  connect: () => Promise<Client>,
  place: Pick<Shell, 'key' | 'name'>,
): Promise<Shell> => {
  const first = held(await connect(), place);
  let second: Promise<Held> | undefined;
  const reopened = () =>
    (second ??= connect().then(
      (client) => held(client, place),
      (error: unknown) => {
        throw again(place, error);
      },
    ));
  return {
    ...first.shell,
    async exec(request, signal) {
      if (!first.isGone()) {
        try {
          return await first.shell.exec(request, signal);
        } catch (error) {
          signal.throwIfAborted();
          // It throws where the program did not start: nothing is run twice. The connection may have been dead before.
          if (!first.isGone()) throw error;
        }
      }
      const next = await abortable(reopened(), signal);
      if (next.isGone()) throw twice(place);
      return next.shell.exec(request, signal);
    },
  };
};
