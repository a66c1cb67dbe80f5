import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { loadDataset } from '../../../support/datasets.ts';
import type { Examples } from '../../../../main/trainer/data/examples.ts';

/** With -u it writes the file anew. */

vi.setConfig({ testTimeout: 60_000 });

const SIDE = 14;

/** Means of a class's images, each pixel that of four. */
function template(images: Uint8Array, labels: Examples['labels'], digit: number): Buffer {
  const sums = new Float64Array(SIDE * SIDE);
  let count = 0;
  labels.forEach((label, n) => {
    if (label !== digit) return;
    count++;
    for (let k = 0; k < 784; k++) {
      const at = Math.floor(k / 56) * SIDE + Math.floor((k % 28) / 2);
      sums[at] = sums[at]! + images[n * 784 + k]!;
    }
  });
  return Buffer.from(Uint8Array.from(sums, (sum) => Math.round(sum / (count * 4))));
}

it('the templates of the digits are the means of MNIST’s training images', async () => {
  const { images, labels } = (await loadDataset('mnist', 0)).train;
  const lines = Array.from(
    { length: 10 },
    (_, digit) => `  '${template(images, labels, digit).toString('base64')}',\n`,
  );
  const written = `/**
 * MNIST's digits 0 to 9: the mean of each class's training images, at half their size, row by row. Written by
 * \`npx vitest run --project unit test/unit/trainer/data/digit-templates.test.ts -u\`, which otherwise checks it.
 */
const base64 = [
${lines.join('')}] as const;

export const TEMPLATE_SIDE = ${SIDE};
export const digitTemplates = base64.map((text) => Uint8Array.from(Buffer.from(text, 'base64')));
`;
  const path = fileURLToPath(
    new URL('../../../../main/trainer/data/digit-templates.ts', import.meta.url),
  );
  await expect(written).toMatchFileSnapshot(path);
});
