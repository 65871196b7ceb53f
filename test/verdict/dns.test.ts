import { describe, expect, it } from 'vitest';
import { bestOf, trailOf, weighed } from './weighed.js';

type Seen = Readonly<Record<string, string>>;

const best = (seen: Seen) => bestOf(weighed(trailOf(seen), { stagesBuilt: ['connectivity', 'policy', 'dns'] }));

/** What the stage shows where nothing is wrong with it. */
const sound: Seen = {
  'source-resolver-is-the-cluster-dns': 'cluster',
  'policies-allow-dns': 'open',
  'each-name-server-answers': 'all-answer',
  'dns-pods-are-ready': 'ready',
  'dns-service-has-ready-endpoints': 'serves',
  'dns-servers-answer': 'all-answer',
  'corefile-is-sound': 'sound',
  'corefile-serves-the-cluster-domain': 'serves',
};
const silent = { 'service-name-resolves': 'times-out', 'each-name-server-answers': 'none-answer' };
const outside = { 'outside-name-resolves': 'only-outside-fails' };

describe('names that do not resolve', () => {
  it.each<[string, Seen, string, string]>([
    [
      'no replica is wanted',
      { ...silent, 'dns-pods-are-ready': 'scaled-to-zero', 'dns-servers-answer': 'none-answer' },
      'DNS-01',
      'certain',
    ],
    [
      'CoreDNS ends for its loop',
      { ...silent, 'dns-pods-are-ready': 'loop-detected', 'corefile-is-sound': 'forwards-to-itself' },
      'DNS-02',
      'certain',
    ],
    [
      'the Service selects nothing',
      { ...silent, 'dns-service-has-ready-endpoints': 'selects-none', 'dns-servers-answer': 'address-fails' },
      'DNS-03',
      'certain',
    ],
    [
      'the log names the upstream that is silent',
      { ...outside, 'dns-log-names-no-failure': 'upstream-silent' },
      'DNS-04',
      'certain',
    ],
    ['only names outside fail', outside, 'DNS-04', 'probable'],
    [
      'the name server answers the node, and the cluster DNS asks it too often',
      {
        ...outside,
        'dns-log-names-no-failure': 'upstream-silent',
        'upstream-resolvers-answer': 'answer',
        'resolver-allowance-is-kept': 'exceeded',
      },
      'DNS-05',
      'certain',
    ],
    [
      'the name server answers the node alone, and nothing is asked too often',
      {
        ...outside,
        'dns-log-names-no-failure': 'upstream-silent',
        'upstream-resolvers-answer': 'answer',
        'resolver-allowance-is-kept': 'kept',
      },
      'DNS-04',
      'certain',
    ],
    ['too many questions at once', { ...outside, 'dns-log-names-no-failure': 'too-many-at-once' }, 'DNS-06', 'certain'],
    [
      'the search list is long and the name is slow',
      { 'outside-name-resolves': 'slow', 'search-list-is-harmless': 'many-questions' },
      'DNS-07',
      'probable',
    ],
    [
      'a domain of the search list answers',
      { 'outside-name-resolves': 'found', 'search-list-is-harmless': 'answers-for-others' },
      'DNS-08',
      'certain',
    ],
    ['TCP is dropped', { 'service-name-resolves': 'matches', 'dns-servers-answer': 'tcp-fails' }, 'DNS-12', 'probable'],
    ['UDP is dropped', { ...silent, 'dns-servers-answer': 'udp-fails' }, 'DNS-13', 'probable'],
    [
      'the cache of the node hangs',
      { ...silent, 'dns-servers-answer': 'address-fails', 'node-local-cache-answers': 'silent' },
      'DNS-15',
      'certain',
    ],
    [
      'replicas differ',
      { 'service-name-resolves': 'not-found', 'service-exists': 'exists', 'dns-replicas-agree': 'differ' },
      'DNS-16',
      'probable',
    ],
    [
      'a plugin swallows every name',
      {
        'service-name-resolves': 'server-fails',
        'service-exists': 'exists',
        'corefile-is-sound': 'swallows-names',
        'dns-replicas-agree': 'all-fail',
      },
      'DNS-19',
      'certain',
    ],
    [
      'the zone is that of another cluster',
      {
        'service-name-resolves': 'not-found',
        'service-exists': 'exists',
        'corefile-serves-the-cluster-domain': 'other-zone',
        'dns-replicas-agree': 'all-unknown',
      },
      'DNS-19',
      'certain',
    ],
    [
      'the first server is dead',
      { 'service-name-resolves': 'slow', 'each-name-server-answers': 'first-silent' },
      'DNS-20',
      'certain',
    ],
    ['far replicas are silent', { ...silent, 'dns-servers-answer': 'far-fails' }, 'DNS-21', 'probable'],
    [
      'far replicas are silent for the node too',
      { ...silent, 'dns-servers-answer': 'far-fails', 'dns-servers-answer-the-node': 'far-fails' },
      'DNS-21',
      'certain',
    ],
    [
      'a policy denies it',
      { ...silent, 'policies-allow-dns': 'denied', 'dns-servers-answer': 'none-answer' },
      'NP-03',
      'probable',
    ],
  ])('%s', (_, seen, id, certainty) => expect(best({ ...sound, ...seen })).toEqual(['fault', id, certainty]));

  it('calls a name healthy that is found nine times of nine, and accuses nobody', () => {
    const seen = { ...sound, 'service-name-resolves': 'matches', 'name-resolves-every-time': 'every-time' };
    expect(best(seen)).toEqual(['healthy', undefined, undefined]);
    const odd = { 'search-list-is-harmless': 'many-questions', 'outside-name-resolves': 'found' };
    expect(best({ ...sound, ...odd, 'name-resolves-every-time': 'every-time' })[0]).toBe('healthy');
  });

  it('does not blame a cluster DNS that the source never asks', () => {
    const seen = { 'source-resolver-is-the-cluster-dns': 'by-choice', 'dns-pods-are-ready': 'scaled-to-zero' };
    expect(best({ ...sound, ...seen, 'service-name-resolves': 'not-found' })).toEqual(['fault', 'DNS-10', 'certain']);
  });

  it('does not call a dead first server the cause where the cluster DNS itself is gone', () => {
    const seen = {
      'service-name-resolves': 'slow',
      'each-name-server-answers': 'first-silent',
      'dns-pods-are-ready': 'scaled-to-zero',
      'dns-servers-answer': 'none-answer',
    };
    expect(best({ ...sound, ...seen })[1]).toBe('DNS-01');
  });
});
