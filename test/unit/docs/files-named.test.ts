import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const filesBelow = (top: string): string[] =>
  readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => join(top, name));

const files = ['main', 'renderer', 'shared', 'test'].flatMap(filesBelow);

/** Of the files that a README names by name alone, or by the last parts of their path. */
const namedIn = (text: string): string[] =>
  [...text.matchAll(/`(?:\.\.\/)*([\w./-]+\.(?:ts|mjs|svelte|css))`/g)].map(([, name]) => name!);

it.each(files.filter((path) => path.endsWith('README.md')))(
  '%s names files that there are',
  (path) => {
    const missing = namedIn(readFileSync(path, 'utf8')).filter(
      (name) => !files.some((file) => file === name || file.endsWith(`/${name}`)),
    );
    expect(missing).toEqual([]);
  },
);
