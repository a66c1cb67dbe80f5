import { lstat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { readText } from '../files/durable-files.ts';

/** TensorFlow's state file, which tells its tools the newest checkpoint of a folder, in protocol-buffer text. */
export const STATE_FILE = 'checkpoint';

/** The first line of the file if this app wrote it; `#` begins a comment there. */
export const STATE_MARK = '# Written by Firstlayer.\n';

export interface State {
  /** Whether this app wrote it. */
  isOurs: boolean;
  /** Names of checkpoints in the folder, or paths of those outside it: newest first, each once. */
  names: string[];
}

const LINE = /^\s*(model_checkpoint_path|all_model_checkpoint_paths)\s*:\s*("(?:[^"\\]|\\.)*")\s*$/;

/** Null if there is none that can be read, or if a link or a folder has its name. */
export async function readStateFile(folder: string): Promise<State | null> {
  const path = join(folder, STATE_FILE);
  let text: string;
  try {
    if (!(await lstat(path)).isFile()) return null;
    text = await readText(path);
  } catch {
    return null;
  }
  const [newest, all]: [string[], string[]] = [[], []];
  for (const line of text.split('\n')) {
    const [, field, quoted = ''] = LINE.exec(line) ?? [];
    if (field === undefined) continue;
    (field === 'model_checkpoint_path' ? newest : all).push(
      withinFolder(folder, withoutQuotes(quoted)),
    );
  }
  return {
    isOurs: text.startsWith(STATE_MARK),
    names: [...new Set([...newest, ...all.reverse()])],
  };
}

/** TensorFlow quotes most texts as JSON does; any other text keeps its escapes. */
function withoutQuotes(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

/** The name relative to the folder, because many programs write the whole path. */
function withinFolder(folder: string, name: string): string {
  if (!isAbsolute(name)) return name;
  const inside = relative(folder, name);
  return inside.startsWith('..') || isAbsolute(inside) ? name : inside;
}
