import { Ban, Check, ChevronDown, Copy, Link2, Play, RotateCcw, TerminalSquare } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { copyText } from '@/shared/ui/copy-button';
import { Menu, MenuItem } from '@/shared/ui/menu';
import { curlCommandOf } from './curl-command';
import { isFinalStatus, isRetryableStatus } from './run-status';
import type { RunActions } from './use-run-actions';
import type { Execution } from '@/shared/api/generated/schema';

export interface RunButtonsProps {
  row: Execution;
  status: string;
  actions: RunActions;
}

/** What can be done with the run as it stands. */
export function RunButtons({ row, status, actions }: RunButtonsProps) {
  const mayStart = useCan('executions:start');
  const mayCancel = useCan('executions:cancel');
  const cancelling = actions.pending === 'cancel' || row.cancelRequested === true;
  return (
    <>
      <CopyMenu row={row} />
      {mayStart && isFinalStatus(status) && (
        <Button icon={<Play />} pending={actions.pending === 'run-again'} onClick={() => actions.runAgain(row)}>
          Run again
        </Button>
      )}
      {mayStart && isRetryableStatus(status) && (
        <Button variant="primary" icon={<RotateCcw />} pending={actions.pending === 'retry'} onClick={actions.retry}>
          Retry
        </Button>
      )}
      {mayCancel && !isFinalStatus(status) && (
        <Button icon={<Ban />} pending={cancelling} onClick={actions.cancel}>
          {cancelling ? 'Cancelling' : 'Cancel'}
        </Button>
      )}
    </>
  );
}

function CopyMenu({ row }: { row: Execution }) {
  const [outcome, setOutcome] = useState<'Copied' | 'The browser refused to copy' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (text: string) =>
    void copyText(text).then((copied) => setOutcome(copied ? 'Copied' : 'The browser refused to copy'));
  return (
    <>
      <Menu
        trigger={
          <Button icon={outcome === 'Copied' ? <Check className="text-success" /> : <Copy />}>
            {outcome ?? 'Copy'} <ChevronDown aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<Link2 />} onSelect={() => copy(location.href)}>
          Link to this view
        </MenuItem>
        <MenuItem icon={<Copy />} onSelect={() => copy(row.id)}>
          Run id
        </MenuItem>
        <MenuItem icon={<TerminalSquare />} onSelect={() => copy(curlCommandOf(row, location.origin))}>
          As curl
        </MenuItem>
      </Menu>
      <span role="status" className="sr-only">
        {outcome}
      </span>
    </>
  );
}
