import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OwnPresets } from '../../../main/own-presets.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import type { OwnPreset, PresetAnswer, PresetRequest } from '../../../shared/own-presets.ts';
import { presets as builtIn, seedRun } from '../../../shared/presets.ts';
import { withValueAt } from '../../../shared/setting-paths.ts';

const cifar = builtIn.cifar!();
const lenet = builtIn['lenet-5']!();
const preset = (name: string, config: RunConfig = cifar): OwnPreset => ({
  ...{ name, config, needsData: false },
});
const save = (name: string, config: RunConfig = cifar): PresetRequest => ({
  ...{ type: 'save', ...preset(name, config) },
});

let folder: string;
let file: string;
let warnings: Failure[];
let presets: OwnPresets;
/** What the person chooses in the system's dialog; null: they cancel. */
let chosen: string | null;
let suggested: string;

/** As at a start of the app. */
const open = (): void => {
  presets = new OwnPresets(file, (warning) => warnings.push(warning));
};
const ask = (request: PresetRequest): Promise<PresetAnswer> =>
  presets.carryOut(request, {
    fileToRead: () => Promise.resolve(chosen),
    fileToWrite: (name) => {
      suggested = name;
      return Promise.resolve(chosen);
    },
  });
const names = (): string[] => presets.presets.map(({ name }) => name);
const refusal = async (request: PresetRequest): Promise<Failure> => {
  const error: unknown = await ask(request).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof FailureError) return error.failure;
  throw new Error(`${JSON.stringify(request)} was not refused: ${String(error)}`);
};
const asides = (): string[] => readdirSync(folder).filter((name) => name.includes('.unreadable'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstlayer-presets-'));
  file = join(folder, 'presets.json');
  warnings = [];
  chosen = null;
  open();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('own presets', () => {
  it('are there again at the next start, in their order', async () => {
    await ask(save('First'));
    expect(await ask(save('Second', lenet))).toEqual({
      presets: [preset('First'), preset('Second', lenet)],
      done: 'Second',
    });
    open();
    expect((await ask({ type: 'list' })).presets).toEqual([
      preset('First'),
      preset('Second', lenet),
    ]);
    expect(warnings).toEqual([]);
    expect(readdirSync(folder)).toEqual(['presets.json']);
  });

  it('are replaced by one that is saved under the same name, whatever its case', async () => {
    for (const request of [save('Mine'), save('Other'), save('MINE', lenet)]) await ask(request);
    expect(presets.presets).toEqual([preset('MINE', lenet), preset('Other')]);
  });

  it('are renamed in their place, but not to a name that another has', async () => {
    for (const name of ['a', 'b', 'c']) await ask(save(name));
    expect((await ask({ type: 'rename', name: 'b', to: 'B' })).done).toBe('B');
    expect(names()).toEqual(['a', 'B', 'c']);
    expect((await refusal({ type: 'rename', name: 'a', to: 'b' })).what).toContain('already');
    expect((await refusal({ type: 'rename', name: 'x', to: 'y' })).what).toContain('no preset “x”');
    open();
    expect(names()).toEqual(['a', 'B', 'c']);
  });

  it('are gone once they were removed', async () => {
    for (const name of ['a', 'b']) await ask(save(name));
    expect((await ask({ type: 'remove', name: 'a' })).presets).toEqual([preset('b')]);
    expect((await refusal({ type: 'remove', name: 'a' })).what).toContain('no preset “a”');
    open();
    expect(names()).toEqual(['b']);
  });

  it('are exported to a file that brings them back, under a name that is free', async () => {
    await ask(save('Mine: 1/2'));
    chosen = join(folder, 'out.json');
    expect((await ask({ type: 'export', name: 'Mine: 1/2' })).done).toBe(chosen);
    expect(suggested).toBe('Mine- 1-2.json');
    expect((await ask({ type: 'import' })).done).toBe('Mine: 1/2 2');
    expect(presets.presets).toEqual([preset('Mine: 1/2'), preset('Mine: 1/2 2')]);
  });

  it('are exported without a place of this machine, and say so where they are imported', async () => {
    const elsewhere = withValueAt(cifar, 'data.dataset', '/home/somebody/photos') as RunConfig;
    await ask(save('Photos', elsewhere));
    chosen = join(folder, 'out.json');
    await ask({ type: 'export', name: 'Photos' });
    expect(readFileSync(chosen, 'utf8')).not.toContain('somebody');
    await ask({ type: 'import' });
    const config = withValueAt(cifar, 'data.dataset', 'mnist') as RunConfig;
    expect(presets.presets).toEqual([
      preset('Photos', elsewhere),
      { name: 'Photos 2', config, needsData: true },
    ]);
  });

  it('are imported from a run’s own JSON too, named as its file', async () => {
    chosen = join(folder, 'model.ckpt-80.json');
    writeFileSync(chosen, JSON.stringify({ format: 1, config: lenet }));
    expect((await ask({ type: 'import' })).presets).toEqual([preset('model.ckpt-80', lenet)]);
  });

  it('stay as they are where the person cancels', async () => {
    await ask(save('Mine'));
    for (const request of [{ type: 'import' }, { type: 'export', name: 'Mine' }] as const)
      expect(await ask(request)).toEqual({ presets: [preset('Mine')], done: null });
  });

  it.each([
    ['is not there', null, 'no such file'],
    ['is no JSON', '{"config":', 'no JSON'],
    ['is no run', '{"a": 1}', 'is missing'],
    ['has a wrong number', JSON.stringify(withValueAt(seedRun(), 'training.epochs', 0)), 'epochs'],
    ['is of a later version', '{"format": "firstlayer-preset", "version": 2}', 'later version'],
    ['is too large', ' '.repeat(2_000_001), 'too large'],
  ])('are not imported from a file that %s', async (_name, content, reason) => {
    await ask(save('Mine'));
    chosen = join(folder, 'in.json');
    if (content !== null) writeFileSync(chosen, content);
    const { what, where } = await refusal({ type: 'import' });
    expect(what).toContain(reason);
    expect(where).toContain(chosen);
    expect(names()).toEqual(['Mine']);
  });

  it('are as they were where they cannot be saved', async () => {
    await ask(save('Mine'));
    mkdirSync(`${file}.new`);
    const { what, where } = await refusal(save('Other'));
    expect(what).toContain('cannot be saved');
    expect(where).toBe(file);
    expect(names()).toEqual(['Mine']);
    open();
    expect(names()).toEqual(['Mine']);
  });

  it.each([
    ['torn', '{"presets": [{"na'],
    ['empty', ''],
    ['a list', '[]'],
  ])('of a file that is %s are none, and the file is kept aside, whole', async (_name, content) => {
    writeFileSync(file, content);
    open();
    expect(names()).toEqual([]);
    expect(warnings).toHaveLength(1);
    await ask(save('Mine'));
    const [aside] = asides();
    expect(warnings[0]!.where).toBe(join(folder, aside!));
    expect(readFileSync(join(folder, aside!), 'utf8')).toBe(content);
    open();
    expect([names(), warnings.length]).toEqual([['Mine'], 1]);
  });

  it('that are not allowed are left out alone, kept aside, and named', async () => {
    const bad = { name: 'Bad', config: withValueAt(cifar, 'training.epochs', 0) };
    const content = JSON.stringify({ presets: [preset('Good'), bad, { name: '' }, 7] });
    writeFileSync(file, content);
    open();
    expect(names()).toEqual(['Good']);
    for (const named of ['“Bad” (config.training.epochs', 'number 3', 'number 4'])
      expect(warnings[0]!.what).toContain(named);
    await ask(save('New'));
    expect(readFileSync(join(folder, asides()[0]!), 'utf8')).toBe(content);
  });

  it('of a later version are taken without what it had besides', () => {
    const later = { ...preset('Later'), config: { ...cifar, later: 1 }, colour: 'red' };
    writeFileSync(file, JSON.stringify({ version: 9, presets: [later] }));
    open();
    expect([presets.presets, warnings]).toEqual([[preset('Later')], []]);
  });

  it.runIf(process.platform === 'linux')(
    'that the disk does not read are not written over',
    async () => {
      // A file of the system whose beginning cannot be read.
      symlinkSync('/proc/self/mem', file);
      open();
      expect(warnings).toHaveLength(1);
      expect((await refusal(save('Mine'))).what).toContain('cannot be read');
      expect(existsSync(`${file}.new`)).toBe(false);
    },
  );
});
