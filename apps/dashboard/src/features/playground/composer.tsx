import { SendHorizontal } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '@/shared/ui/button';
import { Textarea } from '@/shared/ui/textarea';

export interface ComposerProps {
  /** Whoever waits may not press again; what was typed stays. */
  pending: boolean;
  disabled: boolean;
  /** Resolves with true once the message is taken in; only then is the field emptied. */
  onSend: (message: string) => Promise<boolean>;
  onChange?: (message: string) => void;
}

/** Where a message is written. Enter sends, Shift and Enter begin a new line. */
export function Composer({ pending, disabled, onSend, onChange }: ComposerProps) {
  const [message, setMessage] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const isEmpty = message.trim() === '';
  const change = (next: string) => {
    setMessage(next);
    onChange?.(next);
  };
  const submit = async () => {
    if (isEmpty || pending || disabled) return;
    if (await onSend(message)) change('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a character, Enter ends that.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form
      className="bg-surface flex items-end gap-2 border-t p-3 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        ref={field}
        aria-label="Message"
        placeholder="Say something to the agent"
        rows={1}
        maxLength={100_000}
        className="max-h-60 min-h-10 flex-1"
        value={message}
        disabled={disabled}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        type="submit"
        variant="primary"
        icon={<SendHorizontal />}
        pending={pending}
        disabled={disabled || isEmpty}
      >
        Send
      </Button>
    </form>
  );
}
