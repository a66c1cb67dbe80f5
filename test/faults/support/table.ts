import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gathers what every fault's tests have tried, and prints it when all are done. */

const FILE = 'FIRSTLAYER_FAULT_TABLE';

/** Vitest calls this before the first test file; what it answers, after the last. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'firstlayer-faults-'));
  const path = join(folder, 'rows');
  writeFileSync(path, '');
  process.env[FILE] = path;
  return () => {
    const rows = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row);
    rmSync(folder, { recursive: true });
    process.stdout.write(`\n${asTable(rows)}\n`);
  };
}

interface Row {
  fault: string;
  tried: number;
  lost: number;
}

/** @param lost how often an acknowledged checkpoint was not there afterwards */
export function tried(fault: string, times: number, lost = 0): void {
  const path = process.env[FILE];
  if (path !== undefined)
    appendFileSync(path, `${JSON.stringify({ fault, tried: times, lost })}\n`);
}

function asTable(rows: readonly Row[]): string {
  const width = Math.max(5, ...rows.map(({ fault }) => fault.length));
  const line = (fault: string, times: string, lost: string): string =>
    `${fault.padEnd(width)}  ${times.padStart(6)}  ${lost.padStart(4)}`;
  const [times, lost] = [
    rows.reduce((a, row) => a + row.tried, 0),
    rows.reduce((a, row) => a + row.lost, 0),
  ];
  return [
    line('fault', 'tried', 'lost'),
    ...rows.map((row) => line(row.fault, String(row.tried), String(row.lost))),
    line('all', String(times), String(lost)),
  ].join('\n');
}
