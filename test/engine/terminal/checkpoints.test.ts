import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkpointAnswerSchema } from '../../../shared/checkpoint-protocol.ts';
import { formatPercent } from '../../../shared/format.ts';
import { proofSchema } from '../../../shared/proof.ts';
import { alterCheckpoint } from '../../support/altered-checkpoint.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';
import { builtProgram } from '../../support/built-programs.ts';

/** `npm run checkpoints` as a person runs it: the built program, in a process of its own. */

const program = builtProgram('checkpoints');
const [first, last] = [`model.ckpt-${STEPS_AN_EPOCH}`, `model.ckpt-${2 * STEPS_AN_EPOCH}`];

let folder = '';
let dataset = '';
beforeAll(async () => {
  folder = temporaryFolder();
  dataset = await smallDataset(450, 100);
  const run = smallRun(dataset, 'float32');
  await trainUntilIdle(folder, { ...run, training: { ...run.training, epochs: 2 } });
});

function checkpoints(...args: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, ...args, '--checkpoint-dir', folder],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout, error: stderr };
}

describe('npm run checkpoints', () => {
  it('lists them as a table, and as JSON of the protocol', () => {
    const { code, out } = checkpoints('list');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^name .*\\n${last} .*newest.*\\n${first} `));
    const answer = v.parse(checkpointAnswerSchema, JSON.parse(checkpoints('list', '--json').out));
    expect(answer).toMatchObject({ type: 'list', checkpoints: [{ name: last }, { name: first }] });
  });

  it('shows, compares, pins and unpins', () => {
    expect(checkpoints('show', first).out).toMatch(/dense_1\/weights +float32 +\[2048, 625\]/);
    expect(checkpoints('compare', first, last).out).toContain('The settings are the same.');
    expect(checkpoints('pin', first).out).toContain('is pinned');
    expect(checkpoints('list').out).toMatch(new RegExp(`${first} .*pinned`));
    expect(checkpoints('prune', '--keep', '1').out).toBe('Nothing had to be removed.\n');
    expect(checkpoints('unpin', first).out).toContain('not pinned any more');
  });

  it('writes a report with the recorded numbers, and replaces nothing unasked', () => {
    const out = join(temporaryFolder(), 'report.html');
    expect(checkpoints('report', '--out', out)).toMatchObject({
      code: 0,
      out: `Written: ${out}\n`,
    });
    const page = readFileSync(out, 'utf8');
    const shown = v.parse(
      checkpointAnswerSchema,
      JSON.parse(checkpoints('show', last, '--json').out),
    );
    if (shown.type !== 'show') throw new Error(shown.type);
    expect(page).toContain(shown.checkpoint.fingerprint);
    const { accuracy } = shown.checkpoint.validation!;
    expect(page).toContain(formatPercent(accuracy, 2));
    expect(page).toContain('2048');
    expect(page).toMatch(/Confusion matrix[^]*Filters of the first layer/);
    expect(page.match(/<img src="data:image\/png;base64,/g)).toHaveLength(24);
    expect(page).not.toContain(folder);
    expect(checkpoints('report', '--out', out)).toMatchObject({ code: 1, out: '' });
    expect(readFileSync(out, 'utf8')).toBe(page);
    expect(checkpoints('report', first, '--out', out, '--force').code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain(`report of ${first}`);
  });

  it('writes a report without mistakes, and says why, where the data are not', () => {
    const out = join(temporaryFolder(), 'report.html');
    expect(checkpoints('note', last, 'Better than before.').code).toBe(0);
    renameSync(dataset, `${dataset}-moved`);
    try {
      expect(checkpoints('report', '--out', out).code).toBe(0);
    } finally {
      renameSync(`${dataset}-moved`, dataset);
    }
    const page = readFileSync(out, 'utf8');
    expect(page).toMatch(/are not part of this report: There is no [^<]*</);
    expect(page).not.toContain('<img');
    expect(page).toContain('<td class="notes">Better than before.</td>');
    expect(page).not.toContain(dataset);
  });

  it('proves one: 0 where every bit is the same, 1 where not, 2 where it cannot be tried', async () => {
    const told = checkpoints('prove', last);
    expect(told.out).toMatch(/^Proven\. [^]*\n {2}as saved +([\da-f]{64})\n.* \1\n/);
    expect(told.code).toBe(0);
    await alterCheckpoint(folder, last, 'dense_2/weights');
    const { code, out } = checkpoints('prove', last, '--from', first, '--json');
    expect(code).toBe(1);
    const { proof } = v.parse(v.object({ proof: proofSchema }), JSON.parse(out));
    expect(proof.variables).toMatchObject([{ name: 'dense_2/weights', differing: 1 }]);
    expect(checkpoints('prove', 'model.ckpt-1')).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    [[], 'A command is missing'],
    [['frob'], 'There is no command “frob”'],
    [['show'], '“show” needs the name of a checkpoint'],
    [['export', first], 'export needs --to FOLDER'],
    [['report'], 'report needs --out FILE.html'],
    [['prune', '--keep', '0'], '--keep must be a whole number from 1, but is "0"'],
    [['list', '--colour'], '--colour'],
  ])('%j is refused with 2, what is wrong and the usage', (args, what) => {
    const { code, out, error } = checkpoints(...args);
    expect(code).toBe(2);
    expect(error).toContain(what);
    expect(error).toContain('Usage');
    expect(out).toBe('');
  });

  it('a checkpoint that is not there ends with 1 and the names of those that are', () => {
    const { code, error } = checkpoints('show', 'model.ckpt-1');
    expect(code).toBe(1);
    expect(error).toContain(`Name one of: ${last}, ${first}.`);
    expect(error).toContain(folder);
  });

  it('verify ends with 1 where one is damaged, and names it', () => {
    expect(checkpoints('verify')).toMatchObject({
      code: 0,
      out: `${last}: good\n${first}: good\n`,
    });
    writeFileSync(join(folder, `${last}.index`), 'torn');
    const { code, out } = checkpoints('verify');
    expect(code).toBe(1);
    expect(out).toMatch(
      new RegExp(`${last}: DAMAGED, the index file has 4 bytes[^]*${first}: good`),
    );
  });
});
