/** Progress goes to stderr, so that a command's own answer on stdout can be piped. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** `812 ms`, `4.2 s`, `2 min 5 s`. */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 100_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

const shownLines = 30;

/** The beginning and the end of a long output: tools name the cause first or last. */
function shortened(output) {
  const lines = output.trim().split('\n');
  if (lines.length <= shownLines) return lines;
  return [
    ...lines.slice(0, shownLines / 2),
    `… ${lines.length - shownLines} more lines …`,
    ...lines.slice(-shownLines / 2),
  ];
}

/** Ends the command with one line that says what failed and how to mend it, then what the tool printed. */
export function refuse(line, output = '') {
  say(line);
  if (output.trim()) say(`\n${shortened(output).join('\n')}`);
  process.exit(1);
}
