import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** Every Markdown file that git knows or will know. */
const documents = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  { encoding: 'utf8' },
)
  .trim()
  .split('\n')
  .filter((path) => existsSync(path));

/** `[text](target)` and `![text](target)`, those on the net left out. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, target]) => target!);

it.each(documents)('%s links to what is there', (path) => {
  const missing = linksIn(readFileSync(path, 'utf8')).filter(
    (target) => !existsSync(join(dirname(path), target)),
  );
  expect(missing).toEqual([]);
});
