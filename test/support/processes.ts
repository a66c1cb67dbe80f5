import { readdirSync, readFileSync } from 'node:fs';

/** What takes part in a run that npm started. */
export type Role = 'npm' | 'shell' | 'launcher' | 'trainer' | 'other';

export interface Process {
  pid: number;
  group: number;
  /** As ps shows it: T is stopped. */
  state: string;
  role: Role;
  words: string[];
}

function roleOf(words: readonly string[]): Role {
  const line = words.join(' ');
  if (line.includes('dist/trainer/train.js')) return 'trainer';
  if (words[1] === '-c' && words[2]?.startsWith('node scripts/train.mjs')) return 'shell';
  if (words[1]?.endsWith('scripts/train.mjs')) return 'launcher';
  return line.startsWith('npm run train') ? 'npm' : 'other';
}

/** The processes that live and have `mark` in their environment. Linux only. */
export function processesMarked(mark: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const read = (file: string): string => readFileSync(`/proc/${name}/${file}`, 'utf8');
        if (!read('environ').split('\0').includes(mark)) return [];
        const [state = '', , group] = read('stat')
          .replace(/^.*\) /s, '')
          .split(' ');
        if (state === 'Z' || state === 'X') return [];
        const words = read('cmdline').split('\0');
        return [{ pid: Number(name), group: Number(group), state, role: roleOf(words), words }];
      } catch {
        // Ended meanwhile, or is another person's.
        return [];
      }
    });
}
