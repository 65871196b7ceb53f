import { describe, expect, it } from 'vitest';
import { walk } from './operator.js';

describe('panels', () => {
  it('moves with h and l, and scrolls the panel in use', async () => {
    const { press, text } = await walk('reviewing');
    const before = text();
    await press('l', 'G');
    expect(text()).not.toContain('5 The Service has ready endpoints  ');
    expect(text()).toContain('Further reading');
    await press('h');
    expect(text()).toBe(before);
  });

  it('gives the panel in use more room', async () => {
    const { press, lines } = await walk('running');
    const barAt = () => lines()[5]?.indexOf('\u2502') ?? 0;
    const before = barAt();
    await press('+');
    expect(barAt()).toBeGreaterThan(before);
    await press('_', '_');
    expect(barAt()).toBeLessThan(before);
  });

  it('goes to a row of the trail by its digit', async () => {
    const { press, text } = await walk('running');
    await press('3');
    expect(text()).toContain('meant: http 8080, admin');
  });
});
