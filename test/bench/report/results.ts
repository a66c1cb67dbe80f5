import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from '../options.ts';
import type { Accuracy } from '../parts/accuracy.ts';
import type { CifarAccuracy } from '../parts/cifar-accuracy.ts';
import type { Scaling } from '../parts/scaling.ts';
import type { Service } from '../parts/service.ts';
import type { WindowFigures } from '../parts/window.ts';
import type { Throughput } from '../parts/throughput.ts';
import type { Provenance } from '../provenance.ts';
import { accuracyText, withPeersOf } from './accuracy.ts';
import type { Chart } from './charts/svg.ts';
import { cifarAccuracyText } from './cifar-accuracy.ts';
import { scalingCharts, scalingText } from './scaling.ts';
import { serviceText } from './service.ts';
import { cifarReport, seedReport } from './throughput.ts';
import { windowText } from './window.ts';

interface Figures {
  throughput: Throughput;
  cifar: Throughput;
  service: Service;
  window: WindowFigures;
  scaling: Scaling;
  accuracy: Accuracy;
  'cifar-accuracy': CifarAccuracy;
}

/** Of each part, its last measurement. */
export type Results = { [P in Part]?: { provenance: Provenance; figures: Figures[P] } };

/** Of results.json. Figures of another form are not kept, for they cannot be told. */
const FORMAT = 2;

interface Section {
  title: string;
  provenance: string;
  text: string;
  /** By file name. */
  charts: Record<string, Chart>;
}

function sectionsOf(results: Results): Section[] {
  const { throughput, cifar, service, scaling, accuracy } = results;
  const section = <F>(
    title: string,
    part: { provenance: Provenance; figures: F } | undefined,
    text: (figures: F) => string,
    charts: (figures: F, processor: string) => Record<string, Chart> = () => ({}),
  ): Section[] => {
    if (!part) return [];
    const { figures, provenance } = part;
    const drawn = charts(figures, provenance.processor);
    return [{ title, provenance: told(provenance), text: text(figures), charts: drawn }];
  };
  return [
    ...section('Throughput', throughput, seedReport.text, seedReport.charts),
    ...section("CIFAR-10's shape", cifar, cifarReport.text, cifarReport.charts),
    ...section('Serving and saving', service, serviceText),
    ...section('The window', results.window, windowText),
    ...section('Scaling', scaling, scalingText, scalingCharts),
    ...section('Accuracy', accuracy, accuracyText),
    ...section('Accuracy on CIFAR-10', results['cifar-accuracy'], cifarAccuracyText),
  ];
}

const told = ({ date, version, sources, processor, command }: Provenance): string =>
  `${date}, ${processor}, Firstlayer ${version} (sources ${sources}): \`${command}\``;

export const resultsText = (results: Results): string =>
  sectionsOf(results)
    .map(({ title, provenance, text }) => `── ${title}\n\n${provenance}\n\n${text}\n`)
    .join('\n');

/** Writes figures and report; parts that were not measured now keep their last figures. */
export function writeReport(folder: string, measured: Results): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'results.json');
  const before = earlier(file);
  const results = { ...before, ...withPeers(before, measured) };
  writeFileSync(file, `${JSON.stringify({ format: FORMAT, ...results }, null, 2)}\n`);
  const sections = sectionsOf(results);
  for (const [name, { svg }] of sections.flatMap(({ charts }) => Object.entries(charts)))
    writeFileSync(join(folder, name), svg);
  writeFileSync(join(folder, 'README.md'), report(sections));
}

/** This engine's accuracy alone does not drive the peers' out of the report. */
function withPeers({ accuracy: before }: Results, measured: Results): Results {
  const { accuracy: now } = measured;
  if (!before || !now) return measured;
  const figures = withPeersOf(before.figures, told(before.provenance), now.figures);
  return { ...measured, accuracy: { ...now, figures } };
}

function earlier(file: string): Results {
  if (!existsSync(file)) return {};
  const { format, ...results } = JSON.parse(readFileSync(file, 'utf8')) as Results & {
    format?: number;
  };
  return format === FORMAT ? results : {};
}

const report = (sections: readonly Section[]): string =>
  [
    '# Measurements',
    'Written by `npm run bench -- --peers --scaling --accuracy --write docs/bench`, or part by part: below each heading is when, where and with what it was measured; `sources` is what the build then leaves in `dist/bench/.stamp`. Each contestant is a process of its own; they take turns, and a ratio is the median of the ratios turn by turn.',
    ...sections.flatMap(({ title, provenance, text, charts }) => [
      `## ${title}`,
      provenance,
      ...Object.entries(charts).map(([name, chart]) => `![${chart.title}](${name})`),
      `\`\`\`text\n${text}\n\`\`\``,
    ]),
  ].join('\n\n') + '\n';
