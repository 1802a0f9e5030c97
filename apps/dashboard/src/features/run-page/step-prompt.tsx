import { CopyButton } from '@/shared/ui/copy-button';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { sentPromptOf } from './step-facts';

/** What a model was asked, word for word: templates filled in. */
export function StepPrompt({ input }: { input: unknown }) {
  const sent = sentPromptOf(input);
  if (!sent) return <JsonViewer value={input} label="input" />;
  return (
    <div className="flex flex-col gap-4 p-4">
      {sent.system !== null && <PromptPart title="System" text={sent.system} />}
      {sent.prompt !== null && <PromptPart title="Prompt" text={sent.prompt} />}
      <section>
        <h3 className="text-muted text-sm">Settings</h3>
        <JsonViewer value={sent.settings} label="settings" className="bg-sunken mt-1 rounded-md border" />
      </section>
    </div>
  );
}

function PromptPart({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <div className="flex items-center gap-1">
        <h3 className="text-muted text-sm">{title}</h3>
        <CopyButton text={text} label={title.toLowerCase()} />
      </div>
      <p className="bg-sunken mt-1 rounded-md border p-3 break-words whitespace-pre-wrap">{text}</p>
    </section>
  );
}
