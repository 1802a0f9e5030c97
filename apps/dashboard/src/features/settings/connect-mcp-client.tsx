import { Link } from '@tanstack/react-router';
import { CopyBlock } from '@/shared/ui/copy-block';
import { SettingsSection } from './settings-section';

/** Stands where a key belongs: a key is shown once, when it is made, and never here. */
const KEY = 'YOUR_API_KEY';

/** What to paste where, so that a client of the Model Context Protocol finds the agents. */
export function ConnectMcpClient({ url }: { url: string }) {
  const command = `claude mcp add --transport http agentflow ${url} --header "Authorization: Bearer ${KEY}"`;
  const config = { mcpServers: { agentflow: { type: 'http', url, headers: { Authorization: `Bearer ${KEY}` } } } };
  return (
    <SettingsSection
      title="Connect an MCP client"
      intro={
        <>
          Assistants that speak the Model Context Protocol can call your published agents. Put an{' '}
          <Link to="/settings/api-keys" className="text-accent underline underline-offset-2">
            API key
          </Link>{' '}
          with <Scope>agents:read</Scope>, <Scope>executions:start</Scope> and <Scope>executions:read</Scope> in place
          of {KEY}.
        </>
      }
    >
      <div className="grid gap-4">
        <CopyBlock title="Address" name="Address" text={url} />
        <CopyBlock title="Claude Code" name="Command" text={command} />
        <CopyBlock title="Other clients, as JSON" name="Configuration" text={JSON.stringify(config, null, 2)} />
      </div>
    </SettingsSection>
  );
}

function Scope({ children }: { children: string }) {
  return <code className="font-mono text-xs">{children}</code>;
}
