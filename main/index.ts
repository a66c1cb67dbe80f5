import { join } from 'node:path';
import { app, ipcMain, Menu, type BrowserWindow } from 'electron';
import { toFailure, type Failure } from '../shared/ipc.ts';
import { readSetupString } from '../shared/setup-string.ts';
import { CheckpointFolder } from './checkpoint-folder.ts';
import { createHandlers } from './handlers.ts';
import { bindCalls, createSender, type Peer, type Send } from './ipc.ts';
import { createMenu, enableMenuItems } from './menu.ts';
import { LabelMarks } from './label-marks.ts';
import { drawingDialogs } from './file-dialogs.ts';
import { OwnDrawings } from './own-drawings.ts';
import { OwnPresets } from './own-presets.ts';
import { Prover } from './prover.ts';
import { Quitting } from './quitting.ts';
import { guardContents, pageSource, registerScheme, secureSession } from './security.ts';
import { ReaderHost } from './reader-host.ts';
import { givenSetup, handedOnSetup, setupText, type GivenSetup } from './setup-argument.ts';
import { runInTerminal } from './run-in-terminal.ts';
import { terminalCommand } from './terminal-command.ts';
import { TrainerHost } from './trainer-host.ts';
import { TrainerThreads } from './trainer-threads.ts';
import { TrainingSupervisor } from './training-supervisor.ts';
import { bringForward, createWindow } from './window.ts';
import { openPreferences } from './preferences.ts';
import { beginQueuedRun } from './run-handlers.ts';
import { RunQueue } from './run-queue.ts';
import { readQueueFile, writeQueueFile } from './run-queue-file.ts';
import { UsedFolders } from './used-folders.ts';

/**
 * Puts the parts together; the reasons for each part are in its own file.
 * @param given the set-up to open with
 */
function runApp(given: GivenSetup): void {
  const dist = join(app.getAppPath(), 'dist');
  const page = pageSource();
  let window: BrowserWindow | null = null;
  const peer: Peer = { contents: () => window?.webContents ?? null, origin: page.origin };
  const send = createSender(peer);

  // Problems from before the window listens are reported when it does.
  let held: (() => void)[] | null = [];
  const tell: Send = (event, payload) => {
    if (held) held.push(() => send(event, payload));
    else send(event, payload);
  };
  const warn = (failure: Failure): void => tell('warning', failure);
  const tellHeld = (): void => {
    const told = held ?? [];
    held = null;
    for (const tellOne of told) tellOne();
  };
  const openSetup = async (asked: GivenSetup): Promise<void> => {
    try {
      const text = await setupText(asked);
      if (text !== null) tell('setup', readSetupString(text));
    } catch (error) {
      warn(toFailure(error, asked.file ?? '--setup'));
    }
  };
  void openSetup(given);

  const preferences = openPreferences(app.getPath('userData'), warn);
  const presets = new OwnPresets(join(app.getPath('userData'), 'presets.json'), warn);
  const labelMarks = new LabelMarks(join(app.getPath('userData'), 'label-marks.json'), warn);
  const ownDrawings = new OwnDrawings(
    preferences,
    drawingDialogs(() => window),
  );
  const folder = new CheckpointFolder(preferences, app.getPath('documents'));
  const threads = new TrainerThreads(preferences);
  const environment = (): NodeJS.ProcessEnv => threads.environment();
  const host = new TrainerHost(
    join(dist, 'trainer', 'utility-main.js'),
    {
      onEvent: (event) => {
        training.onEvent(event);
        queue.onEvent(event);
      },
      onCrash: (crash) => {
        training.onCrash(crash);
        queue.onCrash();
      },
      onRatesProgress: (progress) => send('ratesProgress', progress),
      onExperimentProgress: (progress) => send('experimentProgress', progress),
      onProof: (event) => prover.onEvent(event),
    },
    environment,
  );
  const reader = new ReaderHost(
    join(dist, 'trainer', 'reader-main.js'),
    (progress) => {
      send('datasetReading', progress);
    },
    environment,
  );
  const predictor = new ReaderHost(
    join(dist, 'trainer', 'reader-main.js'),
    (progress) => {
      send('predictionProgress', progress);
    },
    environment,
  );
  let menu: Menu | null = null;
  const updateMenu = (): void => {
    if (menu) enableMenuItems(menu, training.phase, prover.isProving);
  };
  const prover = new Prover(host, (event, payload) => {
    send(event, payload);
    updateMenu();
  });
  const sendFromTraining: Send = (event, payload) => {
    send(event, payload);
    if (event === 'training') updateMenu();
  };
  const training = new TrainingSupervisor(host, folder, sendFromTraining, () => prover.isProving);
  const queueFile = join(app.getPath('userData'), 'queue.json');
  const queue = new RunQueue(readQueueFile(queueFile, warn), {
    isBusy: () => training.isBusy,
    begin: (run) => beginQueuedRun(run, folder, training),
    tell: (state) => send('queue', state),
    keep: (runs) => writeQueueFile(queueFile, runs, warn),
  });
  const used = new UsedFolders(
    folder,
    join(app.getPath('userData'), 'run-summaries.json'),
    (path, request) => host.checkpoints(path, request),
  );
  const quitting = new Quitting(() => {
    queue.end();
    return training.shutdown();
  });

  const handlers = createHandlers({
    preferences,
    presets,
    folder,
    host,
    reader,
    predictor,
    labelMarks,
    ownDrawings,
    training,
    prover,
    threads,
    used,
    queue,
    window: () => window,
    onSnapshot: () => setImmediate(tellHeld),
  });
  bindCalls(ipcMain, peer, handlers);
  guardContents(page);

  const openWindow = (): void => {
    window = createWindow(preferences, join(dist, 'main', 'preload.cjs'), page, windowIcon());
    quitting.holdWindow(window);
    window.on('closed', () => {
      window = null;
      reader.close();
      predictor.close();
    });
  };
  const revealFolder = async (): Promise<void> => {
    try {
      await handlers.revealFolder(undefined);
    } catch (error) {
      warn(toFailure(error, folder.path));
    }
  };

  app.on('second-instance', (_event, _arguments, _folder, data) => {
    if (window) bringForward(window);
    void openSetup(handedOnSetup(data));
  });
  // On macOS a double click on a file comes in this way.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    void openSetup({ setup: null, file });
  });
  app.on('activate', () => {
    if (window) bringForward(window);
    else openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(() => {
    secureSession(join(dist, 'renderer'), page);
    quitting.holdShutdown();
    menu = createMenu({ send: (id) => send('menu', id), revealFolder: () => void revealFolder() });
    updateMenu();
    Menu.setApplicationMenu(menu);
    openWindow();
    training.open();
  });
}

/** Windows and macOS take the icon from the program itself. */
const windowIcon = (): string | undefined =>
  app.isPackaged && process.platform === 'linux'
    ? join(process.resourcesPath, 'icon.png')
    : undefined;

function openApp(): void {
  app.setAppUserModelId('org.firstlayer.app');
  app.setAboutPanelOptions({
    applicationName: 'Firstlayer',
    applicationVersion: app.getVersion(),
    copyright: 'MIT License',
  });
  registerScheme();
  const given = givenSetup(process.argv, process.cwd());
  if (app.requestSingleInstanceLock(given)) runApp(given);
  else app.quit();
}

app.setName('Firstlayer');
const command = terminalCommand(process.argv.slice(1));
// Chromium, which needs a screen, starts when this module has been run.
if (command) await runInTerminal(command);
else openApp();
