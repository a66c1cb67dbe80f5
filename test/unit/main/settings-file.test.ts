import {
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
import { setAsideIfBad } from '../../../main/settings-file.ts';
import type { Failure } from '../../../shared/ipc.ts';

describe('setAsideIfBad', () => {
  let folder: string;
  let file: string;
  let warnings: Failure[];
  const check = (content?: string): void => {
    if (content !== undefined) writeFileSync(file, content);
    setAsideIfBad(file, (warning) => warnings.push(warning));
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'firstlayer-settings-'));
    file = join(folder, 'settings.json');
    warnings = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['no file', undefined],
    ['an empty object', '{}'],
    ['part of the fields', '{"folder": "/run", "hyperparameters": {"epochs": 3}}'],
    ['a field of a later version', '{"later": 1}'],
  ])('lets %s be', (_name, content) => {
    check(content);
    expect(warnings).toEqual([]);
    expect(readdirSync(folder)).toEqual(content === undefined ? [] : ['settings.json']);
  });

  it.each([
    ['a torn file', '{"folder": "/ru', 'JSON'],
    ['an empty file', '', 'JSON'],
    ['a wrong type', '{"folder": 7}', 'folder'],
    ['a wrong number', '{"hyperparameters": {"epochs": 0}}', 'hyperparameters.epochs'],
    ['another thing altogether', '[]', 'it is a list'],
  ])('sets %s aside, whole, and says so', (_name, content, named) => {
    check(content);
    const [kept] = readdirSync(folder);
    expect(kept).toMatch(/^settings\.json\.unreadable-/);
    expect(readFileSync(join(folder, kept!), 'utf8')).toBe(content);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]!.what).toContain(named);
    expect(warnings[0]!.where).toBe(join(folder, kept!));
  });

  it.runIf(process.platform === 'linux')(
    'leaves a file where it is that the disk does not read',
    () => {
      // A file of the system whose beginning cannot be read.
      symlinkSync('/proc/self/mem', file);
      check();
      expect(readdirSync(folder)).toEqual(['settings.json']);
      expect(warnings).toEqual([]);
    },
  );
});
