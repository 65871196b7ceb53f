import { z } from 'zod';
import { type Level, permits } from '../../domain/level.js';
import { type Action, NotAllowed } from './allowlist.js';

/** Every name that this program gives to a thing in a cluster begins like this. */
export const ourPrefix = 'net-triage-';
/** What everything it makes is found by. Its value is the kind of thing. */
export const madeLabel = 'net-triage/made';
export const sessionLabel = 'net-triage/session';
/** UTC, in the letters that a label may have: 20261121T114500Z. */
export const expiresLabel = 'net-triage/expires';

const ourName = z.string().startsWith(ourPrefix);

const podOf = <T extends string>(kind: T, spec: z.ZodRawShape) =>
  z.looseObject({
    metadata: z.looseObject({
      name: ourName,
      labels: z.looseObject({ [madeLabel]: z.literal(kind), [sessionLabel]: z.string(), [expiresLabel]: z.string() }),
    }),
    spec: z.looseObject({ activeDeadlineSeconds: z.int().positive(), ...spec }),
  });
const absent = z.undefined().optional();
const unprivileged = z.looseObject({
  volumeMounts: absent,
  securityContext: z.looseObject({ allowPrivilegeEscalation: z.literal(false), privileged: absent }),
});
/** Sees a node; everything of it that it sees in files is read-only. */
const onNode = z.looseObject({
  securityContext: z.looseObject({ privileged: absent }),
  volumeMounts: z.array(z.looseObject({ readOnly: z.literal(true) })),
});
const nodePod = podOf('node-pod', { nodeName: z.string().min(1), containers: z.array(onNode).length(1) });

const bodies = {
  'create pods': z.union([
    podOf('probe-pod', {
      hostPID: absent,
      hostIPC: absent,
      volumes: absent,
      containers: z.array(unprivileged).length(1),
    }),
    nodePod,
  ]),
  // The uid was read together with our label: another Pod that took the name meanwhile is not deleted.
  'delete pods': z.looseObject({ preconditions: z.strictObject({ uid: z.string().min(1) }) }),
  'patch pods/ephemeralcontainers': z.strictObject({
    spec: z.strictObject({ ephemeralContainers: z.array(z.looseObject({ name: ourName })).length(1) }),
  }),
} as const;

const isChange = (what: string): what is keyof typeof bodies => Object.hasOwn(bodies, what);

interface Change extends Action {
  readonly name?: string | undefined;
  readonly body?: unknown;
}

/** Of what may be changed, only what this program has made, and only in the way it makes it. Throws `NotAllowed`. */
export const mustBeOurs = ({ verb, resource, subresource, group, name, body }: Change, level: Level) => {
  const what = `${verb} ${[resource, subresource].filter(Boolean).join('/')}`;
  if (group !== '' || !isChange(what)) return;
  if (what === 'create pods' && nodePod.safeParse(body).success && !permits(level, 'node'))
    throw new NotAllowed('a Pod that sees a node needs level node');
  const isNamed = what !== 'delete pods' || ourName.safeParse(name).success;
  if (isNamed && bodies[what].safeParse(body).success) return;
  throw new NotAllowed(`"${what}" is not about something that this program has made`);
};
