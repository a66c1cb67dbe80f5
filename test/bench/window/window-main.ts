import { join } from 'node:path';
import type { WindowFigures } from '../parts/window.ts';
import { quantile } from '../statistics.ts';
import { seedRun } from '../../../shared/presets.ts';
import { BareTrainer } from './bare-trainer.ts';
import { drawingToMaps } from './drawing-to-maps.ts';
import { LONG, longConfig, writeLongRun } from './long-run.ts';
import { mapsSeen } from './maps-seen.ts';
import { measureOpening } from './opening.ts';
import { measureStarting } from './starting.ts';
import { StartedApp } from './started-app.ts';
import type { MainThread } from './trace.ts';
import { SPEED_TURN, SPEED_TURNS, speedOf, stepsShown } from './training-speed.ts';
import { wait } from './wait.ts';

/** The real app on a screen, with a run of ten hours: how long it draws, what training leaves of its main thread, and what it costs training. */

const TURNS_OF_WHEEL = 240;
const TRACED_SECONDS = 15;
/** Seconds, until what a place or a run begins with is over. */
const SETTLED = 1.5;

const { folder } = JSON.parse(process.argv[2] ?? '') as { folder: string };

/** The step that the window shows. */
const stepOf = async ({ page }: StartedApp): Promise<number> =>
  Number((await page.getByTestId('step').innerText()).replaceAll(/\D/g, ''));

async function pauseApp({ page }: StartedApp): Promise<void> {
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: /^Resume/ }).waitFor();
}
const resumeApp = ({ page }: StartedApp): Promise<void> =>
  page.getByRole('button', { name: /^Resume/ }).click();

const computedOf = (tasks: MainThread['tasks']): { p50: number; p99: number } => {
  const computed = tasks.map((task) => task.computed);
  return { p50: quantile(computed, 0.5), p99: quantile(computed, 0.99) };
};

function drawingOf({ frames }: MainThread): WindowFigures['drawing']['later'] {
  const drawn = frames.map(({ duration }) => duration);
  return {
    frames: drawn.length,
    p50: quantile(drawn, 0.5),
    p95: quantile(drawn, 0.95),
    p99: quantile(drawn, 0.99),
    longest: Math.max(...drawn),
  };
}

const tasksOf = ({ tasks }: MainThread): WindowFigures['tasks']['app'] => {
  const durations = tasks.map(({ duration }) => duration);
  return {
    count: durations.length,
    p50: quantile(durations, 0.5),
    p99: quantile(durations, 0.99),
    longest: Math.max(...durations),
    above50: durations.filter((duration) => duration > 50).length,
    computed: computedOf(tasks),
  };
};

/** Zooms in and out and along with the wheel. */
async function turnWheel({ page }: StartedApp): Promise<void> {
  const box = await page.getByTestId('curve').first().boundingBox();
  if (!box) throw new Error('The window shows no curve.');
  await page.keyboard.down('Control');
  for (let turn = 0; turn < TURNS_OF_WHEEL; turn += 1) {
    const share = 0.2 + 0.6 * ((turn % 37) / 37);
    if (turn % 12 === 0)
      await page.mouse.move(box.x + 46 + share * (box.width - 54), box.y + box.height / 2);
    await page.mouse.wheel(0, turn % 24 < 12 ? -120 : 120);
    await wait(0.04);
  }
  await page.keyboard.up('Control');
}

const run = join(folder, 'long run');
await writeLongRun(run);
const settings = { folder: run, recentFolders: [run], config: longConfig(), window: null };
const bare = new BareTrainer(longConfig());
const app = await StartedApp.start(join(folder, 'app'), settings);
await app.resize(1280, 800);
await app.page.getByTestId('curve').first().waitFor({ timeout: 120_000 });
await wait(2);
// In a window that has just opened the page's code is not compiled yet; one that has trained for hours has drawn more often than this.
const atFirst = await app.traced(() => turnWheel(app));
await app.page.keyboard.press('0');
const later = await app.traced(() => turnWheel(app));
await app.page.keyboard.press('0');

const maps = await drawingToMaps(app);
await resumeApp(app);
while ((await stepOf(app)) < LONG + 30) await wait(0.2);
const training = await app.traced(() => wait(TRACED_SECONDS));
await pauseApp(app);
await bare.begin(join(folder, 'bare run'));

const speeds: WindowFigures['speeds'] = {
  beside: [],
  following: [],
  shown: [],
  hidden: [],
  terminal: [],
};
const mapsWhileTraining: number[] = [];
/** In the place that is shown. */
async function speedHere(): Promise<number> {
  await wait(SETTLED);
  return speedOf(await stepsShown(app, SPEED_TURN));
}
/** Train before Draw and after it: a machine that gets slower or faster meanwhile does so for both. */
async function measureFollowing(): Promise<void> {
  const before = await speedHere();
  await app.goTo('Draw');
  await wait(SETTLED);
  const maps = await mapsSeen(app, async () => {
    speeds.following.push(speedOf(await stepsShown(app, 2 * SPEED_TURN)));
  });
  mapsWhileTraining.push(maps);
  await app.goTo('Train');
  speeds.beside.push((before + (await speedHere())) / 2);
}
async function measureShown(): Promise<void> {
  speeds.shown.push(await speedHere());
}
async function measureHidden(): Promise<void> {
  await app.show(false);
  speeds.hidden.push(await speedHere());
  await app.show(true);
}
async function measureTerminal(): Promise<void> {
  await pauseApp(app);
  bare.resume();
  await wait(SETTLED);
  speeds.terminal.push(speedOf(await bare.stepsTold(SPEED_TURN)));
  await bare.pause();
  await resumeApp(app);
}
const inTurn = [measureShown, measureHidden, measureTerminal];
await resumeApp(app);
for (let turn = 0; turn < SPEED_TURNS; turn += 1) await measureFollowing();
for (let turn = 0; turn < SPEED_TURNS; turn += 1)
  // Forwards and backwards: a round takes about as long as some epochs, at whose ends the run does other things.
  for (const measure of turn % 2 === 0 ? inTurn : [...inTurn].reverse()) await measure();
await app.end();

const empty = await StartedApp.startEmpty(join(folder, 'nothing'));
bare.resume();
await wait(1);
const idle = await empty.traced(() => wait(TRACED_SECONDS));
await empty.end();
bare.end();
const opening = await measureOpening(folder, longConfig());
const starting = await measureStarting(folder, seedRun());

const figures: WindowFigures = {
  steps: LONG,
  drawing: { atFirst: drawingOf(atFirst), later: drawingOf(later) },
  maps,
  mapsWhileTraining,
  tasks: { app: tasksOf(training), empty: tasksOf(idle) },
  opening,
  starting,
  speeds,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
