import type { ToolSetTool } from '@/shared/api/generated/schema';
import { JsonViewer } from '@/shared/ui/json-viewer';

/** Everything that the other side says about a tool. */
export function ToolDetails({ tool }: { tool: ToolSetTool }) {
  const parts = [
    { label: 'Arguments', value: tool.inputSchema },
    { label: 'Result', value: tool.outputSchema },
    { label: 'How it is called', value: tool.definition },
  ].filter(({ value }) => value !== null && Object.keys(value).length > 0);
  return (
    <div className="flex flex-col gap-3 border-t pt-3">
      <p className="break-words whitespace-pre-line">{tool.description}</p>
      <p className="text-muted text-sm">
        Called <span className="font-mono break-all">{tool.remoteName}</span> over there.
      </p>
      {parts.map(({ label, value }) => (
        <section key={label} aria-label={label}>
          <h3 className="text-sm font-medium">{label}</h3>
          <JsonViewer value={value} label={label.toLowerCase()} openLevels={1} />
        </section>
      ))}
    </div>
  );
}
