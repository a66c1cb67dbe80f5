import type { Checkpoint } from '../checkpoint/reading.ts';
import { compile } from '../graph/compile.ts';
import { widestLayout } from './layout-support.ts';
import { Session } from './session.ts';

/**
 * Opens a checkpoint's network as it was saved, to ask it questions; its data are not needed.
 * @throws Error if its values cannot be restored
 */
export async function restoredSession({ prefix, record }: Checkpoint): Promise<Session> {
  const { config, precision, image } = record;
  const graph = compile(config, precision, image, await widestLayout(precision));
  return Session.begin(graph, prefix);
}
