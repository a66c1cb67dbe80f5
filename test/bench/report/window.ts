import type { WindowFigures } from '../parts/window.ts';
import { median, ratio, ratioMargin } from '../statistics.ts';
import { textTable, whole } from './table.ts';

/** What is wanted: drawing, maps and tasks in milliseconds, maps while training a second, speed and start as ratios, opening and first step in seconds. */
const goals = {
  drawing: 8,
  maps: 50,
  mapsWhileTraining: 5,
  task: 50,
  speed: 0.97,
  opening: 1,
  start: 1.3,
  firstStep: 2,
};

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const verdict = (isReached: boolean): string => (isReached ? 'reached' : 'missed');

export function windowText({
  steps,
  drawing,
  maps,
  mapsWhileTraining,
  tasks,
  opening,
  starting,
  speeds,
}: WindowFigures): string {
  const taskRow = (
    name: string,
    { count, p50, p99, longest, above50, computed }: typeof tasks.app,
  ) => [name, whole(count), ms(p50), ms(p99), ms(longest), whole(above50), ms(computed.p99)];
  const drawingRow = (name: string, { frames, p50, p95, p99, longest }: typeof drawing.later) => [
    name,
    whole(frames),
    ...[p50, p95, p99, longest].map(ms),
  ];
  const speedRow = (name: string, values: number[], base: number[], goal: number | null) => {
    const kept = ratio(values, base);
    return [
      name,
      ...[values, base].map((each) => median(each).toFixed(1)),
      `${kept.toFixed(3)}× ± ${ratioMargin(values, base).toFixed(3)}`,
      goal === null ? '' : `from ${goal}: ${verdict(kept >= goal)}`,
    ];
  };
  const seconds = (values: number[]): string => `${median(values).toFixed(2)} s`;
  const started = ratio(starting.app, starting.empty);
  return [
    `The app at 1280×800 with the curves of ${whole(steps)} steps; times on the page's main thread`,
    textTable(
      ['Drawing a frame while zooming', 'frames', 'p50', 'p95', 'p99', 'longest', 'goal'],
      [
        [...drawingRow('in a window that has just opened', drawing.atFirst), ''],
        [
          ...drawingRow('after some hundred drawings', drawing.later),
          `p95 below ${goals.drawing} ms: ${verdict(drawing.later.p95 < goals.drawing)}`,
        ],
      ],
      [0, 6],
    ),
    textTable(
      ['From a stroke of the pen', 'strokes', 'median', 'longest', 'goal'],
      [
        [
          'to all layers’ maps, while nothing trains',
          whole(maps.length),
          ms(median(maps)),
          ms(Math.max(...maps)),
          `median within ${goals.maps} ms: ${verdict(median(maps) <= goals.maps)}`,
        ],
      ],
      [0, 4],
    ),
    textTable(
      ['While a run trains', 'turns', 'median', 'least', 'goal'],
      [
        [
          'all layers’ maps, a second',
          whole(mapsWhileTraining.length),
          median(mapsWhileTraining).toFixed(2),
          Math.min(...mapsWhileTraining).toFixed(2),
          // They are painted at whole multiples of 0.2 s: a frame more or less at the ends of a turn is no other rate.
          `${goals.mapsWhileTraining}: ${verdict(median(mapsWhileTraining) > goals.mapsWhileTraining - 0.05)}`,
        ],
      ],
      [0, 4],
    ),
    textTable(
      [
        'Tasks while a run trains',
        'tasks',
        'p50',
        'p99',
        'longest',
        'above 50 ms',
        'p99 on the processor',
      ],
      [taskRow('the app’s page', tasks.app), taskRow('an empty page', tasks.empty)],
    ),
    textTable(
      ['Ratio', 'with', 'without', 'ratio', 'goal'],
      [
        speedRow(
          'Training with the window shown, steps/s; without: hidden',
          speeds.shown,
          speeds.hidden,
          goals.speed,
        ),
        speedRow(
          'Training while Draw shows how the network answers, steps/s; without: Train',
          speeds.following,
          speeds.beside,
          goals.speed,
        ),
        speedRow(
          'Training in the app, steps/s; without: in the terminal',
          speeds.shown,
          speeds.terminal,
          null,
        ),
        [
          'Tasks, p99, ms; without: an empty page',
          tasks.app.p99.toFixed(1),
          tasks.empty.p99.toFixed(1),
          `${(tasks.app.p99 / tasks.empty.p99).toFixed(2)}×`,
          `below ${goals.task} ms: ${verdict(tasks.app.p99 < goals.task)}`,
        ],
      ],
      [0, 4],
    ),
    textTable(
      ['Opening a folder', 'checkpoints', 'lines', 'median', 'longest task', 'above 50 ms', 'goal'],
      [
        [
          'From the press until they are listed',
          whole(opening.checkpoints),
          whole(opening.lines),
          `${median(opening.seconds).toFixed(2)} s`,
          ms(opening.longestTask),
          whole(opening.above50),
          `within ${goals.opening} s: ${verdict(median(opening.seconds) <= goals.opening)}`,
        ],
      ],
      [0, 6],
    ),
    textTable(
      ['Starting', 'median', 'goal'],
      [
        ['An empty window until it is there', seconds(starting.empty), ''],
        [
          'The app until Start can be pressed',
          seconds(starting.app),
          `within ${goals.start}×: ${started.toFixed(2)}× ± ${ratioMargin(starting.app, starting.empty).toFixed(2)}, ${verdict(started <= goals.start)}`,
        ],
        [
          'From Start to the first step',
          seconds(starting.firstStep),
          `within ${goals.firstStep} s: ${verdict(median(starting.firstStep) <= goals.firstStep)}`,
        ],
      ],
      [0, 2],
    ),
  ].join('\n\n');
}
