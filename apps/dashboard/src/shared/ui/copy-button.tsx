import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { IconButton } from './icon-button';

/** Puts text on the clipboard; also on plain http, where the modern API is switched off. @returns whether it worked */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

export interface CopyButtonProps {
  /** A function where the text is long and must not be made before somebody wants it. */
  text: string | (() => string);
  /** What is copied, for the tooltip: "id", "key", "command". */
  label: string;
  size?: 'sm' | 'md';
  /** A button with words instead of an icon: "Copy key". */
  words?: string;
}

/** Copies a text and says so in its own place. */
export function CopyButton({ text, label, size = 'sm', words }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    void copyText(typeof text === 'string' ? text : text()).then((copied) => setOutcome(copied ? 'copied' : 'refused'));
  const icon = outcome === 'copied' ? <Check className="text-success" /> : <Copy />;
  const spoken =
    outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'The browser refused; select the text and copy it' : '';
  return (
    <>
      {words ? (
        <Button icon={icon} onClick={copy}>
          {outcome === 'copied' ? 'Copied' : words}
        </Button>
      ) : (
        <IconButton size={size} label={spoken || `Copy ${label}`} icon={icon} onClick={copy} />
      )}
      <span role="status" className="sr-only">
        {spoken}
      </span>
    </>
  );
}
