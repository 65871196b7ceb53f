import { describe, expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { deeds, type Remedy } from '../../src/domain/cause.js';
import { dangerIds } from '../../src/domain/danger.js';
import { dangersIn } from '../../src/domain/dangers.js';
import { readShell } from '../../src/domain/shell-words.js';
import { languages } from '../../src/domain/text.js';

const { catalog } = load(await find());
const remedies = Object.entries(catalog.causes).flatMap(([id, cause]) =>
  cause.remedies.map((remedy, at) => [`${id} ${at + 1}`, remedy] as const),
);

const linesOf = (remedy: Remedy) =>
  [...deeds.map((name) => remedy[name]), remedy.capture ?? ''].filter(
    (deed) => typeof deed === 'string' && deed !== '',
  );
const sentencesOf = (remedy: Remedy) =>
  deeds.flatMap((name) => {
    const deed = remedy[name];
    return typeof deed === 'string' ? [] : languages.map((language) => deed[language]);
  });
/** As it stands in a report, where each fact is one word. */
const filled = (line: unknown) => String(line).replaceAll(/\{[a-z][\w.-]*\}/gi, 'x7');

/** What a line begins with: a sentence that slipped in begins with a word. */
const programs =
  'apt-get arping aws basename bpftool bridge calicoctl cat chronyc conntrack cp crictl curl dig dirname ethtool find firewall-cmd free fuser grep head ip ipset iptables iptables-legacy-restore iptables-legacy-save iptables-restore iptables-save ipvsadm journalctl kill kubectl ls lslocks lsmod modprobe mv nc net-triage networkctl nft nmcli nstat ping printf ps rm sleep sort stat sysctl systemctl tc timedatectl uname uniq wc wg';

describe.each(remedies)('remedy %s', (_, remedy) => {
  it('is none of the repairs that do harm', () => {
    const dangers = [...linesOf(remedy).map(filled), ...sentencesOf(remedy)].flatMap(dangersIn);
    expect(dangers).toEqual([]);
  });

  it('stands in lines that a shell takes, or in sentences', () => {
    for (const line of linesOf(remedy).map(filled)) {
      const { commands, whole } = readShell(line);
      const unknown = commands.flatMap(({ words: [program = ''] }) =>
        programs.split(' ').includes(program) ? [] : [program],
      );
      expect({ line, whole, unknown }).toEqual({ line, whole: true, unknown: [] });
    }
    for (const sentence of sentencesOf(remedy)) expect(sentence).toMatch(/\.$/);
  });
});

describe('what a person is told to type', () => {
  const byHand = Object.values(catalog.steps).map(({ id, text }) => [id, text.en['by-hand']] as const);
  it.each(byHand)('does no harm: %s', (_, line) => expect(dangersIn(filled(line))).toEqual([]));
});

describe('the warnings', () => {
  it.each(dangerIds)('%s says what it does and what is better, in sentences of both languages', (id) => {
    const phrases = [catalog.phrases[`report.danger.${id}`], catalog.phrases[`report.danger.${id}.instead`]];
    const said = phrases.flatMap((phrase) => languages.map((language) => phrase?.[language] ?? ''));
    expect(said.filter((sentence) => !sentence.endsWith('.'))).toEqual([]);
  });

  it.each(dangerIds)('%s advises nothing that does harm', (id) => {
    expect(dangersIn(catalog.phrases[`report.danger.${id}.instead`]?.en ?? '')).toEqual([]);
  });
});
