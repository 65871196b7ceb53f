import type { Prediction } from '../../src/domain/prediction.js';
import type { SessionLook } from '../../src/machines/look.js';
import type { WalkEvent } from '../../src/machines/walk-context.js';
import type { AppProps, Intake, Session } from '../../src/ui/props.js';
import { shopCatalog } from './shop-catalog.js';
import { earlier, firstLook, now } from './shop-findings.js';

/** A session that shows what it is told to, and remembers what it was asked. */
export const fakeSession = (first: SessionLook) => {
  let look = first;
  const listeners = new Set<() => void>();
  const sent: WalkEvent[] = [];
  const notes: string[] = [];
  const predictions: Prediction[] = [];
  const calls: string[] = [];
  const session: Session = {
    look: () => look,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    send: (event) => void sent.push(event),
    note: (text) => void notes.push(text),
    predict: (prediction) => void predictions.push(prediction),
    stop: () => void calls.push('stop'),
    close: () => void calls.push('close'),
  };
  return {
    session,
    sent,
    notes,
    predictions,
    calls,
    show(next: SessionLook) {
      look = next;
      for (const listener of listeners) listener();
    },
  };
};

export const saved = {
  id: '20261120T021404Z-cart',
  folder: '/home/ana/.local/state/net-triage/sessions/20261120T021404Z-cart',
  root: '9f3c02d155bea71e'.repeat(4),
};

/** An intake that finds out about the shop while somebody reads it. */
export const knowingIntake = (change: Partial<Intake> = {}): Intake => ({
  draft: { from: '', to: '', symptom: '' },
  incident: 'INC-4821',
  start: () => 'pod/shop/web: there is no such Pod.',
  sweep: async () => firstLook,
  sessions: () => earlier,
  ...change,
});

/** The properties of a screen with a shop behind it, and what it did to the outside. */
export const shopProps = (change: Partial<AppProps> = {}) => {
  const did: string[] = [];
  const props: AppProps = {
    catalog: shopCatalog,
    language: 'en',
    appearance: { ascii: false, wide: 1, theme: 'default', motion: false },
    header: {
      context: 'prod-eu-1',
      namespace: 'shop',
      marked: true,
      level: 'observe',
      version: '0.1.0',
      mode: 'live',
      synthetic: false,
    },
    intake: { draft: { from: '', to: '', symptom: '' }, start: () => 'pod/shop/web: there is no such Pod.' },
    actions: {
      copy: (text) => void did.push(`copy ${text}`),
      export: async () => '/tmp/report.md',
      goLinear: () => void did.push('line'),
      resume: (id) => void did.push(`resume ${id}`),
      goOn: (runbook) => void did.push(`go on ${runbook}`),
      quit: (code) => void did.push(`quit ${code ?? ''}`.trim()),
    },
    saved: () => saved,
    now: () => now,
    ...change,
  };
  return { props, did };
};
