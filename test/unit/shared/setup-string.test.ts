import { str as crc32 } from 'crc-32';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { hideableParts } from '../../../shared/portable-setup.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { withValueAt } from '../../../shared/setting-paths.ts';
import { isSetupString, readSetupString, setupString } from '../../../shared/setup-string.ts';
import { anyConfig } from '../../support/random-config.ts';

const configs = anyConfig('kmnist');
const parts = fc.subarray([...hideableParts]);

/** A string whose content is anything, and whose checksum is right. */
const forged = (content: unknown): string => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const encoded = Buffer.from(text).toString('base64url');
  const checksum = (crc32(encoded) >>> 0).toString(16).padStart(8, '0');
  return `fl1:${encoded}.${checksum}`;
};
const refusal = (text: string): FailureError['failure'] => {
  try {
    readSetupString(text);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error(`${text} was read`);
};

describe('the set-up string', () => {
  it('brings any run and what is hidden back unchanged', () => {
    fc.assert(
      fc.property(configs, parts, (config, hidden) => {
        const text = setupString(config, hidden);
        expect(text).toMatch(/^fl1:[\w-]+\.[\da-f]{8}$/);
        expect(readSetupString(text)).toEqual({ config, hidden, needsData: false });
      }),
      { numRuns: 300 },
    );
  });

  it('brings every preset back unchanged, for images of any size', () => {
    const image = { height: 32, width: 32, channels: 3, classes: 47 };
    for (const preset of Object.values(presets))
      for (const config of [preset(), preset(image)])
        expect(readSetupString(setupString(config)).config).toEqual(config);
  });

  it('has only what differs from the seed run', () => {
    const contentOf = (config: RunConfig): unknown =>
      JSON.parse(Buffer.from(setupString(config).slice(4).split('.')[0]!, 'base64url').toString());
    expect(contentOf(seedRun())).toEqual({ config: {} });
    const changed = withValueAt(seedRun(), 'training.seed', 7) as RunConfig;
    expect(contentOf(changed)).toEqual({ config: { training: { seed: 7 } } });
    const layers = changed.network.layers.slice(0, 2);
    expect(contentOf({ ...seedRun(), network: { name: 'Seed network', layers } })).toEqual({
      config: { network: { layers: [{ type: 'convolution' }, { type: 'pooling' }] } },
    });
  });

  it('means what it meant when this version of it was made', () => {
    // Should a default change, these would mean another run: then it needs a new version, which still reads this one.
    expect(readSetupString('fl1:eyJjb25maWciOnt9fQ.d3f40921').config).toEqual(seedRun());
    expect(readSetupString(LENET).config).toEqual(presets['lenet-5']!());
  });

  it('leaves a place of the machine out, and says that data are needed', () => {
    const config = withValueAt(seedRun(), 'data.dataset', '/home/somebody/digits') as RunConfig;
    const text = setupString(config);
    expect(Buffer.from(text.slice(4), 'base64url').toString()).not.toContain('somebody');
    expect(readSetupString(text)).toEqual({ config: seedRun(), hidden: [], needsData: true });
  });

  it('is read though a letter has broken its lines', () => {
    const text = setupString(presets.cifar!());
    const broken = ` ${text.replaceAll(/(.{40})/g, '$1\r\n  ')}\n`;
    expect(isSetupString(broken)).toBe(true);
    expect(readSetupString(broken)).toEqual(readSetupString(text));
  });

  it('is refused as cut wherever it was cut, and as changed whatever letter was changed', () => {
    const text = setupString(presets['lenet-5']!());
    for (let length = 4; length < text.length; length++)
      expect(refusal(text.slice(0, length)).what).toBe('It was cut: its end is missing.');
    fc.assert(
      fc.property(fc.integer({ min: 4, max: text.length - 10 }), (at) => {
        const other = text[at] === 'A' ? 'B' : 'A';
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        expect(refusal(changed).what).toContain('It was changed on its way');
      }),
    );
  });

  it.each([
    ['something else', 'hello', 'It is no set-up'],
    ['nothing', '', 'It is no set-up'],
    ['a later version', 'fl2:e30.22c81ee3', 'It is of version 2; this app reads version 1.'],
    ['one that is too long', `fl1:${'A'.repeat(350_000)}.00000000`, 'It has 350013 characters'],
    ['what is no JSON', forged('{"config":'), 'It is no JSON'],
    ['bytes that are no text', 'fl1:_w.a5b0c6ac', 'It was changed'],
    ['a list', forged([]), 'config'],
    ['an unknown part', forged({ config: {}, later: 1 }), 'later'],
    ['an unknown thing to hide', forged({ config: {}, hidden: ['window'] }), 'window'],
    ['a run that is a number', forged({ config: 7 }), 'must be an object with the settings'],
    ['layers that are none', forged({ config: { network: { layers: 3 } } }), 'must be a list'],
    ['a layer that is a list', forged({ config: { network: { layers: [[]] } } }), 'type'],
    [
      'an unknown layer',
      forged({ config: { network: { layers: [{ type: 'constructor' }] } } }),
      'type must be one of',
    ],
    ['an unknown setting', forged({ config: { data: { later: 1 } } }), 'no such setting'],
    ['a wrong number', forged({ config: { training: { epochs: 0 } } }), 'epochs must be'],
    ['a key of every object', forged('{"config":{"__proto__":{"a":1}}}'), 'no such setting'],
    [
      'a deeper key of every object',
      forged('{"config":{"data":{"constructor":{"prototype":1}}}}'),
      'no such setting',
    ],
    ['a place', forged({ config: { data: { dataset: '/etc' } } }), 'a place on a machine'],
    ['lists in lists without end', forged('['.repeat(60_000)), 'It is no JSON'],
  ])('refuses %s, and says why', (_name, text, reason) => {
    const { what, where, remedy } = refusal(text);
    expect(what).toContain(reason);
    expect(where).toContain('the set-up string');
    expect(remedy).not.toBe('');
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('has room for the longest list of layers', () => {
    const layer: LayerConfig = {
      ...{ type: 'convolution', filters: 4096, kernel: [64, 64], stride: [64, 64], bias: true },
      ...{ padding: { top: 64, bottom: 64, left: 64, right: 64 }, activation: 'leaky-relu' },
      start: { type: 'truncated-normal', deviation: 1.234567890123456e-38 },
    };
    const network = { name: 'n'.repeat(80), layers: Array.from({ length: 200 }, () => layer) };
    const config = { ...seedRun(), network };
    expect(readSetupString(setupString(config)).config).toEqual(config);
  });
});

const LENET = [
  'fl1:eyJjb25maWciOnsibmV0d29yayI6eyJuYW1lIjoiTGVOZXQtNSIsImxheWVycyI6W3sidHlwZSI6ImNvbnZvbH',
  'V0aW9uIiwiZmlsdGVycyI6Niwia2VybmVsIjpbNSw1XSwicGFkZGluZyI6eyJ0b3AiOjIsImJvdHRvbSI6MiwibGVm',
  'dCI6MiwicmlnaHQiOjJ9LCJiaWFzIjp0cnVlLCJhY3RpdmF0aW9uIjoidGFuaCIsInN0YXJ0Ijp7InR5cGUiOiJnbG',
  '9yb3QifX0seyJ0eXBlIjoicG9vbGluZyIsImtpbmQiOiJhdmVyYWdlIn0seyJ0eXBlIjoiY29udm9sdXRpb24iLCJm',
  'aWx0ZXJzIjoxNiwia2VybmVsIjpbNSw1XSwicGFkZGluZyI6InZhbGlkIiwiYmlhcyI6dHJ1ZSwiYWN0aXZhdGlvbi',
  'I6InRhbmgiLCJzdGFydCI6eyJ0eXBlIjoiZ2xvcm90In19LHsidHlwZSI6InBvb2xpbmciLCJraW5kIjoiYXZlcmFn',
  'ZSJ9LHsidHlwZSI6ImZsYXR0ZW4ifSx7InR5cGUiOiJkZW5zZSIsInVuaXRzIjoxMjAsImJpYXMiOnRydWUsImFjdG',
  'l2YXRpb24iOiJ0YW5oIiwic3RhcnQiOnsidHlwZSI6Imdsb3JvdCJ9fSx7InR5cGUiOiJkZW5zZSIsInVuaXRzIjo4',
  'NCwiYmlhcyI6dHJ1ZSwiYWN0aXZhdGlvbiI6InRhbmgiLCJzdGFydCI6eyJ0eXBlIjoiZ2xvcm90In19LHsidHlwZS',
  'I6ImRlbnNlIiwidW5pdHMiOjEwLCJiaWFzIjp0cnVlLCJhY3RpdmF0aW9uIjoibm9uZSIsInN0YXJ0Ijp7InR5cGUi',
  'OiJnbG9yb3QifX1dfSwib3B0aW1pemVyIjp7InJ1bGUiOnsidHlwZSI6ImFkYW0iLCJiZXRhMSI6MC45LCJiZXRhMi',
  'I6MC45OTksImVwc2lsb24iOjFlLTd9fX19.33cac3c3',
].join('');
