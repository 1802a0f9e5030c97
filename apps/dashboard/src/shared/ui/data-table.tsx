import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { classNames } from './class-names';
import { useShortcut } from './shortcuts';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, in tabular figures. */
  align?: 'end';
  /** Left out on screens narrower than this. */
  from?: 'sm' | 'md' | 'lg';
  className?: string;
}

export interface DataTableProps<Row> {
  /** What the rows are, for screen readers: "Runs". */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What Enter and a click on a row do. The first cell should hold a real link to the same place. */
  onOpen?: (row: Row) => void;
  /** Called when a row is pointed at or focused: prefetch here. */
  onApproach?: (row: Row) => void;
  /** Stands from edge to edge of the page: its outer columns line up with the head of the page. */
  fullWidth?: boolean;
  /** Keep j and k from a second table on the same screen. */
  shortcuts?: boolean;
}

/** The outer cells take the padding of the page head. */
const pageEdges =
  '[&_tr>:first-child]:pl-4 sm:[&_tr>:first-child]:pl-6 [&_tr>:last-child]:pr-4 sm:[&_tr>:last-child]:pr-6';

const FROM = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden' };

/** Dense rows of 13 px; j and k walk them, Enter opens. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  onOpen,
  onApproach,
  fullWidth,
  shortcuts = true,
}: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const walk = (step: number) => {
    const all = [...(body.current?.rows ?? [])];
    const current = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[current === -1 ? (step > 0 ? 0 : all.length - 1) : current + step];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const walkable = shortcuts && onOpen !== undefined && rows.length > 0;
  useShortcut('j', () => walk(1), { label: 'Next row', group: 'Lists', enabled: walkable });
  useShortcut('k', () => walk(-1), { label: 'Previous row', group: 'Lists', enabled: walkable });

  const openByClick = (event: MouseEvent, row: Row) => {
    if (
      (event.target as Element).closest('a, button, input, label, select') ||
      String(globalThis.getSelection?.() ?? '') !== ''
    )
      return;
    onOpen?.(row);
  };
  const openByKey = (event: KeyboardEvent, row: Row) => {
    if (event.target !== event.currentTarget || event.key !== 'Enter') return;
    event.preventDefault();
    onOpen?.(row);
  };

  return (
    <div className={classNames('relative overflow-x-auto', fullWidth && pageEdges)}>
      <table aria-label={label} className="w-full border-collapse text-sm">
        <thead>
          <tr className="text-muted border-b text-left">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={classNames('h-8 px-3 font-medium whitespace-nowrap', cellLooks(column))}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              tabIndex={onOpen ? -1 : undefined}
              className={classNames(
                'border-b last:border-b-0 focus-visible:outline-offset-[-2px]',
                onOpen && 'hover:bg-hover focus:bg-selected cursor-pointer',
              )}
              onClick={onOpen && ((event) => openByClick(event, row))}
              onKeyDown={onOpen && ((event) => openByKey(event, row))}
              onPointerEnter={onApproach && (() => onApproach(row))}
              onFocus={onApproach && (() => onApproach(row))}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={classNames('h-9 px-3 align-middle', cellLooks(column), column.className)}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellLooks({ align, from }: { align?: 'end'; from?: 'sm' | 'md' | 'lg' }): string {
  return classNames(align === 'end' && 'tabular text-right', from && FROM[from]);
}
