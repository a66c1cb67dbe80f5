import { fileURLToPath } from 'node:url';
import { readJson } from './json.mjs';
import { isWithin, rangeText } from './node-range.mjs';

// Every command imports this first, so that an old Node is refused before it meets code that is too new for it.
const about = /** @type {{ engines: { node: string } }} */ (
  readJson(fileURLToPath(new URL('../../package.json', import.meta.url)))
);
const range = about.engines.node;

if (!isWithin(range, process.versions.node)) {
  console.error(
    `Firstlayer needs Node ${rangeText(range)}; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install one of these and run the same command again.',
  );
  process.exit(1);
}
