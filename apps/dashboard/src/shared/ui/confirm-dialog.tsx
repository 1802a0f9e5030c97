import { AlertDialog } from 'radix-ui';
import { useId, useState, type ReactNode } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { Button } from './button';
import { Input } from './input';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question, with the name of the thing: "Revoke the key “CI”?" */
  title: string;
  /** What will be gone, and whether it can be undone. */
  children: ReactNode;
  /** The verb on the button: "Revoke key". */
  action: string;
  /** Does it; the dialog stays open with the problem when it rejects. */
  onConfirm: () => Promise<unknown>;
  /** Has to be typed first. Only for what cannot be undone. */
  typeToConfirm?: string;
}

/** The only modal in the dashboard: for destructive acts. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  action,
  onConfirm,
  typeToConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const inputId = useId();
  const close = (next: boolean) => {
    if (pending) return;
    setTyped('');
    setProblem(null);
    onOpenChange(next);
  };
  const confirm = async () => {
    setPending(true);
    setProblem(null);
    try {
      await onConfirm();
      setTyped('');
      onOpenChange(false);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : 'That did not work. Try again.');
    } finally {
      setPending(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={close}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.01_255/0.45)]" />
        <AlertDialog.Content className="bg-raised shadow-floating fixed top-1/2 left-1/2 z-40 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-lg border p-5">
          <AlertDialog.Title className="text-lg font-semibold break-words">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="text-muted mt-2">{children}</div>
          </AlertDialog.Description>
          {typeToConfirm !== undefined && (
            <div className="mt-4 flex flex-col gap-1">
              <label htmlFor={inputId} className="text-sm">
                Type <span className="font-mono font-medium">{typeToConfirm}</span> to confirm
              </label>
              <Input id={inputId} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
            </div>
          )}
          {problem && (
            <p role="alert" className="text-danger mt-3 text-sm">
              {problem}
            </p>
          )}
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button disabled={pending}>Cancel</Button>
            </AlertDialog.Cancel>
            <Button
              variant="danger"
              pending={pending}
              disabled={typeToConfirm !== undefined && typed !== typeToConfirm}
              onClick={() => void confirm()}
            >
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
