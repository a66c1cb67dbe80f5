import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seedRun } from '../../../shared/presets.ts';
import { shippedImages, shippedNetwork } from '../../../shared/shipped-network.ts';
import { withTemporaryFolder } from '../files/temporary-folder.ts';
import { compile } from '../graph/compile.ts';
import { UNDIVIDED } from '../graph/layout.ts';
import { Session } from '../tensorflow/session.ts';
import network from './network.json' with { type: 'json' };

/** The small network that the app ships with, loaded when it is first asked. README.md tells how it was made. */
export class ShippedNetwork {
  #session: Promise<Session> | null = null;

  /** @throws Error if it cannot be loaded; it is tried again the next time */
  session(): Promise<Session> {
    this.#session ??= load().catch((error: unknown) => {
      this.#session = null;
      throw error;
    });
    return this.#session;
  }

  /** Frees the network, if it was loaded. */
  close(): void {
    void this.#session?.then(
      (session) => session.close(),
      () => undefined,
    );
    this.#session = null;
  }
}

async function load(): Promise<Session> {
  const { height, width, channels, classNames } = shippedImages;
  const image = { height, width, channels, classes: classNames.length };
  // Gradient descent alone keeps nothing for each weight, and neither does the checkpoint.
  const config = seedRun();
  const run = {
    ...config,
    network: shippedNetwork,
    optimizer: { ...config.optimizer, rule: { type: 'sgd' as const } },
  };
  // It is not trained: another layout would gain nothing, and finding it takes time.
  const graph = compile(run, 'float32', image, UNDIVIDED);
  const name = `model.ckpt-${network.step}`;
  return withTemporaryFolder(
    'weights',
    async (folder) => {
      const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
      await writeFile(join(folder, `${name}.index`), bytes(network.index));
      await writeFile(join(folder, `${name}.data-00000-of-00001`), bytes(network.data));
    },
    (folder) => Session.begin(graph, join(folder, name)),
  );
}
