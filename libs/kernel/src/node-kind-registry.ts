import { agentKind } from './kinds/agent.kind.js';
import { approvalKind } from './kinds/approval.kind.js';
import { classifyKind } from './kinds/classify.kind.js';
import { codeKind } from './kinds/code.kind.js';
import { conditionKind } from './kinds/condition.kind.js';
import { delayKind } from './kinds/delay.kind.js';
import { directCallKind } from './kinds/direct-call.kind.js';
import { httpKind } from './kinds/http.kind.js';
import { joinKind } from './kinds/join.kind.js';
import { llmKind } from './kinds/llm.kind.js';
import { loopKind } from './kinds/loop.kind.js';
import { mapKind } from './kinds/map.kind.js';
import { outputKind } from './kinds/output.kind.js';
import { parallelKind } from './kinds/parallel.kind.js';
import { startKind } from './kinds/start.kind.js';
import { subAgentKind } from './kinds/sub-agent.kind.js';
import { switchKind } from './kinds/switch.kind.js';
import { toolKind } from './kinds/tool.kind.js';
import { transformKind } from './kinds/transform.kind.js';
import { waitForEventKind } from './kinds/wait-for-event.kind.js';
import type { NodeKind } from './node-kind.js';

/** Every kind that an agent may use, in the order of the editor's list. A new kind is a file in `kinds/` and a line here. */
export const BUILT_IN_KINDS: readonly NodeKind[] = [
  startKind,
  llmKind,
  agentKind,
  classifyKind,
  conditionKind,
  switchKind,
  loopKind,
  mapKind,
  parallelKind,
  joinKind,
  transformKind,
  codeKind,
  toolKind,
  httpKind,
  subAgentKind,
  approvalKind,
  delayKind,
  waitForEventKind,
  outputKind,
];

/** Kinds of the plans that we bring along ourselves; nobody draws with them. */
export const INTERNAL_KINDS: readonly NodeKind[] = [directCallKind];

/** The kinds that graphs are validated and compiled against. */
export class NodeKindRegistry {
  private readonly kinds: ReadonlyMap<string, NodeKind>;

  constructor(kinds: readonly NodeKind[] = BUILT_IN_KINDS) {
    this.kinds = new Map(kinds.map((kind) => [kind.kind, kind]));
  }

  find(kind: string): NodeKind | undefined {
    return this.kinds.get(kind);
  }

  list(): readonly NodeKind[] {
    return [...this.kinds.values()];
  }
}
