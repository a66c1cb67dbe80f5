import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Throughput } from '../parts/throughput.ts';
import type { Accuracy } from '../parts/accuracy.ts';
import type { Service } from '../parts/service.ts';
import { accuracyText } from './accuracy.ts';
import { serviceText } from './service.ts';
import { throughputText } from './throughput.ts';

/** What results.json holds: of each part, its last measurement. */
export interface Results {
  throughput?: Throughput;
  service?: Service;
  accuracy?: Accuracy;
}

interface Section {
  title: string;
  text: string;
}

function sectionsOf({ throughput, service, accuracy }: Results): Section[] {
  return [
    ...(throughput ? [{ title: 'Throughput', text: throughputText(throughput) }] : []),
    ...(service ? [{ title: 'Beside training', text: serviceText(service) }] : []),
    ...(accuracy ? [{ title: 'Accuracy', text: accuracyText(accuracy) }] : []),
  ];
}

export const resultsText = (results: Results): string =>
  sectionsOf(results)
    .map(({ title, text }) => `── ${title}\n\n${text}\n`)
    .join('\n');

/** Writes figures and report; parts that were not measured now keep their last figures. */
export function writeReport(folder: string, measured: Results): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'results.json');
  const earlier: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const results = { ...(earlier as Results), ...measured };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), report(results));
}

const report = (results: Results): string =>
  [
    '# Measurements',
    'Written by `npm run bench -- --peers --scaling --accuracy --write docs/bench`. Each contestant is a process of its own; they take turns, and a ratio is the median of the ratios turn by turn.',
    ...sectionsOf(results).flatMap(({ title, text }) => [
      `## ${title}`,
      `\`\`\`text\n${text}\n\`\`\``,
    ]),
  ].join('\n\n') + '\n';
