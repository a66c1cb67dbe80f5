import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMeantAsNetwork,
  readPasted,
  type Pasted,
} from '../../../../shared/import-network/read-pasted.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { presetFileText } from '../../../../shared/own-presets.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';
import { withValueAt } from '../../../../shared/setting-paths.ts';
import { setupString } from '../../../../shared/setup-string.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { kerasText } from '../../../support/keras-models.ts';
import { anyConfig } from '../../../support/random-config.ts';

const cifar = presets.cifar!();
const elsewhere = withValueAt(cifar, 'data.dataset', '/home/somebody/photos') as RunConfig;
const refusal = (text: string): FailureError['failure'] => {
  try {
    readPasted(text);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it was read');
};
const networkOf = (pasted: Pasted): unknown => ('network' in pasted ? pasted.network : null);

describe('a pasted text', () => {
  it.each([
    ['a summary', kerasText('3', 'lenet.summary')],
    ['JSON of Keras', kerasText('3', 'lenet.json')],
    ['JSON of Keras that was cut', kerasText('3', 'lenet.json').slice(0, 300)],
    ['a network of this app', JSON.stringify(cifar.network)],
    ['a set-up string', setupString(cifar)],
    ['a set-up string that was cut', setupString(cifar).slice(0, 40)],
    ['a command with a set-up string', `firstlayer --setup ${setupString(cifar)}`],
  ])('is meant as a network where it is %s', (_name, text) => {
    expect(isMeantAsNetwork(text)).toBe(true);
  });

  it.each([
    ['a summary of Keras 3', kerasText('3', 'lenet.summary'), 'A summary of Keras'],
    ['a summary of Keras 2', kerasText('2', 'lenet.summary'), 'A summary of Keras'],
    ['JSON of Keras', kerasText('3', 'lenet.json'), 'A model of Keras'],
    ['JSON as a string', JSON.stringify(kerasText('2', 'lenet.json')), 'A model of Keras'],
    [
      'JSON as Python shows a string',
      `'${kerasText('2', 'lenet.json').trim()}'`,
      'A model of Keras',
    ],
    ['get_config() as Python prints it', kerasText('3', 'lenet.config'), 'A model of Keras'],
  ])('is told to be %s', (_name, text, title) => {
    const pasted = readPasted(text);
    expect([pasted.kind, pasted.title]).toEqual(['network', title]);
    expect(networkOf(pasted)).toMatchObject({ name: 'lenet_5', layers: { length: 8 } });
  });

  it.each([
    ['a network', cifar.network, cifar.network],
    [
      'layers in an object',
      { layers: cifar.network.layers },
      { ...cifar.network, name: 'Pasted network' },
    ],
    ['a list of layers', cifar.network.layers, { ...cifar.network, name: 'Pasted network' }],
  ])('may be %s of this app', (_name, data, network) => {
    expect(readPasted(JSON.stringify(data))).toEqual({
      ...{ kind: 'network', title: 'A network', notes: [], input: null },
      network,
    });
  });

  it('may be any whole run, which comes back unchanged', () => {
    fc.assert(
      fc.property(anyConfig('kmnist'), (config) => {
        expect(readPasted(JSON.stringify(config))).toEqual({
          ...{ kind: 'run', title: 'A whole run', config, needsData: false },
        });
      }),
      { numRuns: 50 },
    );
  });

  it('may be a checkpoint’s record, or a preset’s file', () => {
    const ofRecord = readPasted(JSON.stringify({ format: 1, cursor: {}, config: cifar }));
    expect(ofRecord).toMatchObject({ kind: 'run', config: cifar });
    const ofFile = readPasted(presetFileText({ name: 'Mine', config: cifar, needsData: false }));
    expect(ofFile).toEqual({
      kind: 'run',
      title: 'A preset: Mine',
      config: cifar,
      needsData: false,
    });
  });

  it('may be a set-up string, also within the command that opens it', () => {
    const text = setupString(cifar, ['network']);
    const expected = { kind: 'setup', config: cifar, hidden: ['network'], needsData: false };
    for (const pasted of [text, `firstlayer --setup ${text}`, `firstlayer --setup="${text}"`])
      expect(readPasted(pasted)).toMatchObject(expected);
  });

  it('never brings a place on somebody’s machine', () => {
    for (const text of [
      JSON.stringify(elsewhere),
      presetFileText({ name: 'Mine', config: elsewhere, needsData: false }),
      setupString(elsewhere),
    ]) {
      expect(text === JSON.stringify(elsewhere) || !text.includes('somebody')).toBe(true);
      const pasted = readPasted(text);
      expect(pasted).toMatchObject({ needsData: true, config: { data: { dataset: 'mnist' } } });
    }
  });

  it.each([
    ['nothing', '', 'nothing that a network can be made of'],
    ['a sentence', 'Please train this.', 'nothing that a network can be made of'],
    ['a number', '7', 'nothing that a network can be made of'],
    ['JSON that was cut', '{"layers": [', 'It is no JSON'],
    ['other JSON', '{"a": 1}', 'neither a network nor a run'],
    ['a run with another setting', JSON.stringify({ ...seedRun(), later: 1 }), 'no such setting'],
    ['a network without layers', '{"layers": []}', 'layers must not be empty'],
    ['an unknown layer', '[{"type": "lstm"}]', 'type must be one of'],
    [
      'a run with a key of every object',
      JSON.stringify(seedRun()).replace('{', '{"__proto__": {"a": 1},'),
      'no such setting',
    ],
    [
      'a preset of a later version',
      presetFileText({ name: 'M', config: cifar, needsData: false }).replace('1', '2'),
      'later version',
    ],
    ['a set-up string that was cut', setupString(cifar).slice(0, -3), 'It was cut'],
    ['too much', '['.repeat(2_000_001), 'characters'],
    ['lists in lists without end', '['.repeat(1_000_000), 'It is no JSON'],
  ])('is refused where it is %s, with the reason', (_name, text, reason) => {
    const { what, where, remedy } = refusal(text);
    expect(what).toContain(reason);
    expect(where).not.toBe('');
    expect(remedy).not.toBe('');
  });

  it('of any kind is read or refused, never a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          readPasted(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FailureError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
