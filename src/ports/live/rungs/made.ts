import { CannotLook } from '../../../domain/cannot-look.js';
import type { Removal, Resource, ResourceEvent } from '../../../domain/resource.js';

type Remove = (signal: AbortSignal) => Promise<Pick<Removal, 'outcome' | 'why'>>;
type Clear = (signal: AbortSignal) => Promise<void>;

/** What this process has put into the cluster. */
export interface Made {
  /** Told the moment that the API server has it. */
  add(resource: Resource, remove: Remove): void;
  /** Sends what makes something. Where the answer is lost, `look` finds out at the end whether it came to be. */
  making<T>(send: () => Promise<T>, look: Clear): Promise<T>;
  /** Waits for what is being made, then removes everything, once. Never throws: what is left is told of. */
  removeAll(signal: AbortSignal): Promise<void>;
}

const namesOf = ({ kind, namespace, pod, container }: Resource) => ({ kind, namespace, pod, container });

const whyOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Refused is not made. */
const isLost = (error: unknown) => !(error instanceof CannotLook) || ['timeout', 'lost'].includes(error.code);

export const createMade = (tell: (event: ResourceEvent) => void): Made => {
  const clearing: Clear[] = [];
  const sending = new Set<Promise<unknown>>();
  return {
    add(resource, remove) {
      // First of all that it is removed, whatever becomes of the telling.
      clearing.push(async (signal) => {
        const end = await remove(signal).catch((error: unknown) => ({ outcome: 'left', why: whyOf(error) }) as const);
        tell({ type: 'resource.removed', data: { ...namesOf(resource), ...end } });
      });
      tell({ type: 'resource.created', data: resource });
    },
    async making(send, look) {
      const sent = send();
      const settled = sent.then(
        () => {},
        (error: unknown) => {
          if (isLost(error)) clearing.push((signal) => look(signal).catch(() => {}));
        },
      );
      sending.add(settled);
      void settled.then(() => sending.delete(settled));
      return sent;
    },
    async removeAll(signal) {
      // What is looked for may turn out to be there, and is then added.
      while (sending.size > 0 || clearing.length > 0) {
        await Promise.all(sending);
        await Promise.all(clearing.splice(0).map((clear) => clear(signal)));
      }
    },
  };
};
