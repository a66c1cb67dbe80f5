import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isWithin, rangeText } from '../../../scripts/setup/node-range.mjs';

const root = new URL('../../../', import.meta.url);

const engineOf = (folder: string): string => {
  const text = readFileSync(new URL(`${folder}package.json`, root), 'utf8');
  return (JSON.parse(text) as { engines: { node: string } }).engines.node;
};

/** Each side of every border that a package draws. */
const versions = (
  '18.20.8 20.0.0 20.18.3 20.19.0 20.20.2 21.7.3 22.0.0 22.11.0 22.12.0 22.13.0 ' +
  '22.22.1 23.5.0 23.11.1 24.0.0 24.21.0 25.0.0 26.1.0'
).split(' ');

const taken = (range: string): string[] => versions.filter((version) => isWithin(range, version));

describe('the Node that is asked for', () => {
  const ours = engineOf('');

  it.each(['eslint', 'vite', 'vitest', '@sveltejs/vite-plugin-svelte', '@eslint/js'])(
    'is one that %s runs on',
    (name) => {
      const theirs = taken(engineOf(`node_modules/${name}/`));
      expect(taken(ours).filter((version) => !theirs.includes(version))).toEqual([]);
    },
  );

  it('is 20.19, 22.13 or 24, or newer', () => {
    expect(taken(ours)).toEqual(
      '20.19.0 20.20.2 22.13.0 22.22.1 24.0.0 24.21.0 25.0.0 26.1.0'.split(' '),
    );
    expect(rangeText(ours)).toBe('20.19 or a newer 20, 22.13 or a newer 22, 24 or newer');
  });

  it.each([
    ['22.12.0', 1],
    ['23.11.1', 1],
    ['22.13.0', 0],
    [process.versions.node, 0],
  ])('is told from others: %s ends a command with %i', (version, code) => {
    const program = fileURLToPath(new URL('scripts/setup/node-version.mjs', root));
    const fake = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(fake)}`, program],
      { encoding: 'utf8' },
    );
    expect(status).toBe(code);
    expect(stderr.includes(`this is Node ${version}`)).toBe(code === 1);
  });
});
