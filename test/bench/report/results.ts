import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Throughput } from '../parts/throughput.ts';
import type { Accuracy } from '../parts/accuracy.ts';
import type { Scaling } from '../parts/scaling.ts';
import type { Service } from '../parts/service.ts';
import { accuracyText } from './accuracy.ts';
import { scalingCharts, scalingText } from './scaling.ts';
import { serviceText } from './service.ts';
import { throughputCharts, throughputText } from './throughput.ts';

/** What results.json holds: of each part, its last measurement. */
export interface Results {
  throughput?: Throughput;
  service?: Service;
  scaling?: Scaling;
  accuracy?: Accuracy;
}

interface Section {
  title: string;
  text: string;
  /** SVG by file name. */
  charts: Record<string, string>;
}

function sectionsOf({ throughput, service, scaling, accuracy }: Results): Section[] {
  const section = <Figures>(
    title: string,
    figures: Figures | undefined,
    text: (figures: Figures) => string,
    charts: (figures: Figures) => Record<string, string> = () => ({}),
  ): Section[] => (figures ? [{ title, text: text(figures), charts: charts(figures) }] : []);
  return [
    ...section('Throughput', throughput, throughputText, throughputCharts),
    ...section('Serving and saving', service, serviceText),
    ...section('Scaling', scaling, scalingText, scalingCharts),
    ...section('Accuracy', accuracy, accuracyText),
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
  const sections = sectionsOf(results);
  for (const [name, svg] of sections.flatMap(({ charts }) => Object.entries(charts)))
    writeFileSync(join(folder, name), svg);
  writeFileSync(join(folder, 'README.md'), report(sections));
}

const report = (sections: readonly Section[]): string =>
  [
    '# Measurements',
    'Written by `npm run bench -- --peers --scaling --accuracy --write docs/bench`. Each contestant is a process of its own; they take turns, and a ratio is the median of the ratios turn by turn.',
    ...sections.flatMap(({ title, text, charts }) => [
      `## ${title}`,
      ...Object.keys(charts).map((name) => `![${title}: ${name.replace('.svg', '')}](${name})`),
      `\`\`\`text\n${text}\n\`\`\``,
    ]),
  ].join('\n\n') + '\n';
