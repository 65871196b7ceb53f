import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { type Lab, netns } from '../cluster/plan.ts';

interface Message {
  id?: number;
  method?: string;
  params?: { type?: string; entry?: { text: string }; exceptionDetails?: { text: string } };
  result?: { targetId?: string; sessionId?: string; result?: { value?: unknown } };
  error?: { message: string };
}

// As root, below a namespace that leads nowhere: what a page would fetch is not there.
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--remote-debugging-pipe'];

/** Headless Chromium in the bastion, spoken to over its two pipes (Chrome DevTools Protocol, one page). */
export class Browser {
  /** What the browser complained about, in its own words. */
  readonly complaints: string[] = [];
  readonly #waiting = new Map<number, PromiseWithResolvers<Message>>();
  readonly #child;
  readonly #folder: string;
  readonly #ended = Promise.withResolvers<void>();
  #loaded = Promise.withResolvers<void>();
  #session: string | undefined;
  #last = 0;
  #rest = '';

  private constructor(lab: Lab, folder: string) {
    this.#folder = folder;
    // Not `ip netns exec`: it mounts another /sys, where Chromium waits for something that is not there.
    const args = [`--net=/run/netns/${netns(lab, 'bastion')}`, 'chromium-headless-shell', ...FLAGS];
    this.#child = spawn('nsenter', [...args, `--user-data-dir=${folder}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.#child.on('error', (error) => this.#end(error));
    this.#child.on('exit', (code) => this.#end(new Error(`The browser ended with ${code}.`)));
    (this.#child.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => this.#hear(text));
  }

  static async open(lab: Lab): Promise<Browser> {
    const browser = new Browser(lab, await mkdtemp(join(tmpdir(), 'net-triage-browser-')));
    const target = await browser.#ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.#ask('Target.attachToTarget', { ...target, flatten: true });
    browser.#session = sessionId;
    for (const domain of ['Page', 'Log', 'Runtime']) await browser.#ask(`${domain}.enable`);
    return browser;
  }

  /** Shows a file as somebody with such a screen sees it. */
  async show(file: string, { width, scheme }: { width: number; scheme: 'light' | 'dark' }): Promise<void> {
    const screen = { width, height: 800, deviceScaleFactor: 1, mobile: width < 500 };
    await this.#ask('Emulation.setDeviceMetricsOverride', screen);
    await this.#ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    this.#loaded = Promise.withResolvers();
    await this.#ask('Page.navigate', { url: `file://${file}` });
    await this.#loaded.promise;
  }

  /** What an expression gives on the page that is shown; plain JSON. */
  async read(expression: string): Promise<unknown> {
    const { result } = await this.#ask('Runtime.evaluate', { expression, returnByValue: true });
    return result?.value;
  }

  async close(): Promise<void> {
    this.#session = undefined;
    // Asked, not killed: then its own helpers end as well.
    await this.#ask('Browser.close').catch(() => {});
    await this.#ended.promise;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #ask(method: string, params: object = {}): Promise<NonNullable<Message['result']>> {
    const id = ++this.#last;
    const answer = Promise.withResolvers<Message>();
    this.#waiting.set(id, answer);
    const sessionId = this.#session ? { sessionId: this.#session } : {};
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...sessionId })}\0`);
    return answer.promise.then(({ result, error }) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      return result ?? {};
    });
  }

  #hear(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) this.#take(JSON.parse(message));
  }

  #take(message: Message): void {
    if (message.id !== undefined) this.#waiting.get(message.id)?.resolve(message);
    if (message.method === 'Page.loadEventFired') this.#loaded.resolve();
    const said = message.params?.entry?.text ?? message.params?.exceptionDetails?.text;
    if (said) this.complaints.push(said);
  }

  #end(error: Error): void {
    this.#ended.resolve();
    for (const answer of this.#waiting.values()) answer.reject(error);
    this.#loaded.reject(error);
    this.#loaded.promise.catch(() => {}); // who waits hears it, and nobody has to
  }
}
