import { CannotLook } from '../../domain/cannot-look.js';
import type { Unseen } from './each-node.js';

/**
 * What the other Nodes say is worth nothing where the Node that the packets leave from could not be looked at.
 * @throws CannotLook with what was said of it
 */
export const sourceIsSeen = <T extends { readonly unseen: readonly Unseen[] }>(looked: T): T => {
  const blind = looked.unseen.find(({ role }) => role === 'source');
  if (blind) throw new CannotLook('lost', `${blind.node}: ${blind.why}`);
  return looked;
};
