import { allNamespaces, otherNamespaces, type Sharing } from '../domain/sharing.js';
import type { ReportInput } from './catalog.js';
import { say } from './say.js';

type Speaking = Pick<ReportInput, 'catalog' | 'language'>;

const groupLine = (input: Speaking, { kind, names, count, more }: Sharing['groups'][number]) => {
  const what = say(input, `sharing.kind.${kind}`);
  const rest = count - names.length;
  const hidden = rest > 0 ? [say(input, 'and-more', { count: rest })] : [];
  // A list that was cut tells of none, and still there may be some.
  const open = more ? [say(input, 'sharing.perhaps-more')] : [];
  const said = [...names, ...hidden, ...open];
  return say(input, 'sharing.group', { what, names: said.length > 0 ? said.join(', ') : say(input, 'none') });
};

const placeKeys: Readonly<Record<string, string>> = {
  [allNamespaces]: 'sharing.everywhere',
  [otherNamespaces]: 'sharing.elsewhere',
};

const placeText = (input: Speaking, { kind, where }: Sharing['unseen'][number]) =>
  say(input, placeKeys[where] ?? 'sharing.within', { what: say(input, `sharing.kind.${kind}`), where });

const unseenLines = (input: Speaking, unseen: Sharing['unseen']) =>
  [...Map.groupBy(unseen, ({ code }) => code)].map(([code, places]) =>
    say(input, 'sharing.unseen', {
      ...{ what: places.map((place) => placeText(input, place)).join(', '), reason: say(input, `reason.${code}`) },
    }),
  );

/** Who else comes past the failing hop: what it is, whom it concerns by kind, and what could not be looked for. */
export const sharingLines = (input: Speaking & Pick<ReportInput, 'session'>): string[] => {
  const { sharing, result } = input.session.verdict ?? {};
  if (!sharing || result !== 'fault') return [];
  const { hop, at, groups, unseen } = sharing;
  return [
    say(input, `sharing.hop.${hop}`, { at: at.join(', ') }),
    ...groups.map((group) => groupLine(input, group)),
    ...unseenLines(input, unseen),
  ];
};
