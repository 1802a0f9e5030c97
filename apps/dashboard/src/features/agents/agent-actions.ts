import { agentsExport } from '@/shared/api/generated/operations';
import type { Agent, AgentFile } from '@/shared/api/generated/schema';

/** Saves an agent as a JSON file, without secrets, ready to be imported elsewhere. */
export async function downloadAgent(agent: Agent): Promise<void> {
  const file = new Blob([JSON.stringify(await agentsExport({ id: agent.id }), null, 2)], { type: 'application/json' });
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${
    agent.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'agent'
  }.agent.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** Reads an exported agent. @throws Error that says what is wrong with the file */
export async function readAgentFile(file: File): Promise<AgentFile> {
  let content: unknown;
  try {
    content = JSON.parse(await file.text());
  } catch {
    throw new Error(`${file.name} is not JSON. Choose a file that was exported from AgentFlow.`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new Error(`${file.name} does not hold an agent. Choose a file that was exported from AgentFlow.`);
  }
  return content as AgentFile;
}
