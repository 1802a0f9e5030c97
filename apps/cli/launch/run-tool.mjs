import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { projectRoot } from './project-root.mjs';

const keptCharacters = 64_000;
const running = new Set();
let stopping = false;

/** One handler for all children: the first signal is passed on and ends the command once they are gone; nothing new starts after it. */
function passOn(signal) {
  stopping = true;
  process.exitCode = 128 + constants.signals[signal];
  for (const child of running) child.kill(signal);
}

function listen() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn);
}

function unlisten() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, passOn);
}

/** True once the person (or the supervisor) asked the command to end. */
export const isStopping = () => stopping;

/** Starts a child that ends with this process. `options` are those of `child_process.spawn`. */
export function startTool(command, args, options = {}) {
  if (running.size === 0) listen();
  const child = spawn(command, args, { cwd: projectRoot, ...options });
  running.add(child);
  const forget = () => {
    running.delete(child);
    if (running.size === 0) unlisten();
  };
  child.once('error', forget);
  child.once('close', forget);
  return child;
}

/**
 * Runs a tool to its end.
 * @param {{ command?: string, args: string[], env?: NodeJS.ProcessEnv, live?: boolean, limitMs?: number }} tool
 *   command: this Node when left out. live: show the output as it comes, instead of keeping its last 64,000 characters.
 *   limitMs: when reached, the tool is ended and `timedOut` is set.
 * @returns {Promise<{ ok: boolean, code: number, output: string, ms: number, timedOut: boolean }>}
 */
export async function runTool({ command = process.execPath, args, env = process.env, live = false, limitMs }) {
  const started = performance.now();
  const child = startTool(command, args, {
    env,
    stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (text) => {
    output = (output + text).slice(-keptCharacters);
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);

  let timedOut = false;
  const timers = [];
  if (limitMs) {
    const end = () => {
      timedOut = true;
      child.kill('SIGTERM');
      timers.push(setTimeout(() => child.kill('SIGKILL'), 5000));
    };
    timers.push(setTimeout(end, limitMs));
  }

  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      keep(`${error.message}\n`);
      resolve(127);
    });
    child.once('close', (exitCode, signal) => resolve(exitCode ?? 128 + (constants.signals[signal] ?? 0)));
  });
  timers.forEach(clearTimeout);
  if (stopping) process.exit();
  return { ok: code === 0 && !timedOut, code, output, ms: performance.now() - started, timedOut };
}
