import { describe, expect, it } from 'vitest';
import { abortable } from '../../src/ports/abortable.js';

describe('abortable', () => {
  const signal = new AbortController().signal;

  it('answers like the promise', async () => {
    expect(await abortable(Promise.resolve('cart'), signal)).toBe('cart');
    await expect(abortable(Promise.reject(new Error('checkout')), signal)).rejects.toThrow('checkout');
  });

  it('ends with the reason of the signal, even of one that was aborted before', async () => {
    const controller = new AbortController();
    const waiting = abortable(new Promise(() => {}), controller.signal);
    controller.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    await expect(abortable(Promise.resolve('late'), controller.signal)).rejects.toThrow('closed');
  });

  it('leaves no rejection unhandled that comes too late', async () => {
    const { promise, reject } = Promise.withResolvers();
    await expect(abortable(promise, AbortSignal.abort(new Error('closed')))).rejects.toThrow('closed');
    reject(new Error('nobody waits'));
    await expect(promise).rejects.toThrow('nobody waits');
  });
});
