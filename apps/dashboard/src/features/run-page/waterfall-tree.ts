import type { WaterfallBar, WaterfallRow } from './waterfall-layout';

/** More children than this are folded away at first. */
const FOLDED_ABOVE = 50;

/** How the steps below a row stand, so that a folded row still says it. */
export interface ChildCounts {
  all: number;
  succeeded: number;
  failed: number;
  waiting: number;
}

/** Rows that somebody has folded or unfolded by hand, by path. */
export type Folding = ReadonlyMap<string, boolean>;

/**
 * Steps that run at the same time start interleaved; each one's children still belong under it. The rounds of a loop have
 * no step above them: they get a row of their own that sums them up.
 */
export function nested(rows: readonly WaterfallRow[]): readonly WaterfallRow[] {
  if (rows.every((row) => !row.path.includes('/'))) return rows;
  const paths = new Set(rows.map((row) => row.path));
  const children = new Map<string | null, WaterfallRow[]>();
  const add = (parent: string | null, row: WaterfallRow) => {
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  };
  for (const row of rows) {
    const loop = loopAbove(row);
    if (loop !== null && !paths.has(loop)) {
      paths.add(loop);
      add(parentOf(loop, paths), loopRow(loop, row));
    }
    add(parentOf(row.path, paths), row);
  }
  /** Loops and their rounds take no time of their own: they last as long as what is in them. */
  const whole = (row: WaterfallRow): WaterfallRow => {
    const below = row.kind === 'loop' ? children.get(row.path) : undefined;
    return below ? summedUp(row, below.map(whole)) : row;
  };
  const inOrder: WaterfallRow[] = [];
  const visit = (parent: string | null, depth: number) => {
    for (const row of children.get(parent) ?? []) {
      const below = children.get(row.path);
      inOrder.push(placed(whole(row), { depth, parent, below: below ? countsOf(below.map(whole)) : null }));
      visit(row.path, depth + 1);
    }
  };
  visit(null, 0);
  return inOrder;
}

/** The rows in sight: what lies below a folded row is not. */
export function unfolded(
  rows: readonly WaterfallRow[],
  folding: Folding,
  selected: string | undefined,
): readonly WaterfallRow[] {
  const folded = new Set<string>();
  return rows.filter((row) => {
    const isHidden = row.parent !== null && folded.has(row.parent);
    if (isHidden || isFolded(row, folding, selected)) folded.add(row.path);
    return !isHidden;
  });
}

/** Whether what lies below a row is out of sight. What was not folded by hand lets the selected row be seen. */
export function isFolded({ path, below }: WaterfallRow, folding: Folding, selected: string | undefined): boolean {
  if (below === null) return false;
  return folding.get(path) ?? (below.all > FOLDED_ABOVE && selected?.startsWith(`${path}/`) !== true);
}

type Place = Pick<WaterfallRow, 'depth' | 'parent' | 'below'>;

/** A row that has neither changed nor moved stays the same object, so that nothing is drawn anew for it. */
const placedRows = new WeakMap<WaterfallRow, WaterfallRow>();

function placed(row: WaterfallRow, place: Place): WaterfallRow {
  if (isAt(row, place)) return row;
  const known = placedRows.get(row);
  if (known && isAt(known, place)) return known;
  const next = { ...row, ...place };
  placedRows.set(row, next);
  return next;
}

function isAt(row: WaterfallRow, { depth, parent, below }: Place): boolean {
  return row.depth === depth && row.parent === parent && sameCounts(row.below, below);
}

function sameCounts(a: ChildCounts | null, b: ChildCounts | null): boolean {
  if (a === null || b === null) return a === b;
  return a.all === b.all && a.succeeded === b.succeeded && a.failed === b.failed && a.waiting === b.waiting;
}

/** The path of the loop that a visit belongs to. */
function loopAbove({ path, kind }: WaterfallRow): string | null {
  return kind === 'loop' && /\/\d+(?:~\d+)?$/.test(path) ? path.slice(0, path.lastIndexOf('/')) : null;
}

function loopRow(path: string, visit: WaterfallRow): WaterfallRow {
  return {
    ...visit,
    path,
    label: visit.nodeName ?? path.slice(path.lastIndexOf('/') + 1),
    isGroup: true,
    bars: [],
    pauses: [],
    waits: [],
  };
}

/** As long as all of them together, in the state of the last. */
function summedUp(row: WaterfallRow, below: readonly WaterfallRow[]): WaterfallRow {
  const last = below.at(-1) ?? row;
  const bars = [...row.bars, ...below.flatMap((each) => each.bars)];
  if (bars.length === 0) return row;
  const isOver = below.every(({ durationMs }) => durationMs !== null);
  const fromMs = Math.min(...bars.map((bar) => bar.fromMs));
  const toMs = isOver ? Math.max(...bars.map((bar) => bar.toMs ?? bar.fromMs)) : null;
  return {
    ...row,
    status: last.status,
    waitsFor: last.waitsFor,
    startedAt: row.isGroup ? (below[0]?.startedAt ?? row.startedAt) : row.startedAt,
    durationMs: toMs === null ? null : toMs - fromMs,
    bars: [{ fromMs, toMs, outcome: outcomeOf(last, isOver), try: 1, executionAttempt: 1, errorCode: null }],
  };
}

function outcomeOf({ status, bars }: WaterfallRow, isOver: boolean): WaterfallBar['outcome'] {
  if (status === 'waiting') return 'parked';
  return isOver ? (bars.at(-1)?.outcome ?? 'succeeded') : 'running';
}

function countsOf(all: readonly WaterfallRow[]): ChildCounts {
  const rows = all.filter(({ endsLoop }) => !endsLoop);
  const counts = { all: rows.length, succeeded: 0, failed: 0, waiting: 0 };
  for (const { status } of rows)
    if (status === 'succeeded' || status === 'failed' || status === 'waiting') counts[status] += 1;
  return counts;
}

/** The nearest ancestor that has a row of its own. */
function parentOf(path: string, paths: ReadonlySet<string>): string | null {
  let end = path.lastIndexOf('/');
  while (end > 0) {
    const ancestor = path.slice(0, end);
    if (paths.has(ancestor)) return ancestor;
    end = path.lastIndexOf('/', end - 1);
  }
  return null;
}
