import { DEFAULT_PORT, type Graph } from './graph.js';
import type { NodeKind } from './node-kind.js';
import type { PlanEdge, PlanNode, Region } from './plan.js';
import { bodyAround, findLoopBodies, isBackArc, type PortArc } from './validate/loop-bodies.js';

/** Where a node stands in its region, and which region it repeats. */
type RegionPlace = Pick<PlanNode, 'slot' | 'incoming' | 'body' | 'bodyPort'>;

interface RegionLayout {
  /** By position of the node. */
  readonly places: readonly RegionPlace[];
  /** Edges by the node that they leave, those into its own body excepted. */
  readonly arcsFrom: readonly (readonly PortArc[])[];
  readonly root: Region;
  /** Puts the nodes, once they exist, into their regions. */
  readonly fill: (nodes: readonly PlanNode[]) => void;
}

type GrowingRegion = Region & { readonly nodes: PlanNode[]; readonly ids: string[]; loop?: PlanNode };

/** Cuts a valid graph into the part outside all loops and the bodies of its loops. */
export function layOutRegions({ nodes, edges }: Graph, kinds: readonly NodeKind[]): RegionLayout {
  const positions = new Map(nodes.map(({ id }, position) => [id, position]));
  const arcs = edges.map(({ from, to, port = DEFAULT_PORT }, index): PortArc => {
    return { from: positions.get(from) as number, to: positions.get(to) as number, port, index };
  });
  const loops = kinds.flatMap(({ bodyPort }, position) => (bodyPort === undefined ? [] : [{ position, bodyPort }]));
  const bodies = findLoopBodies(nodes.length, arcs, loops);

  const root = emptyRegion([], false);
  const regionOf = new Map(
    bodies.map(({ position, members, entries }) => {
      const leadsBack = arcs.some(({ from, to }) => to === position && members[from] === 1);
      return [
        position,
        emptyRegion(
          entries.map(({ port, to }) => ({ port, target: to })),
          leadsBack,
        ),
      ];
    }),
  );
  const regionAround = nodes.map((_node, position) => {
    const body = bodyAround(position, bodies);
    return (body && regionOf.get(body.position)) ?? root;
  });

  const incoming = new Int32Array(nodes.length);
  const arcsFrom = nodes.map((): PortArc[] => []);
  for (const arc of arcs) {
    if (!isBackArc(arc, bodies)) incoming[arc.to] = (incoming[arc.to] as number) + 1;
    if (kinds[arc.from]?.bodyPort !== arc.port) arcsFrom[arc.from]?.push(arc);
  }
  const sizes = new Map<Region, number>();
  const places = nodes.map((_node, position): RegionPlace => {
    const region = regionAround[position] as GrowingRegion;
    const slot = sizes.get(region) ?? 0;
    sizes.set(region, slot + 1);
    const [body, bodyPort] = [regionOf.get(position), kinds[position]?.bodyPort];
    return { slot, incoming: incoming[position] as number, ...(body && { body, bodyPort }) };
  });
  const fill = (planNodes: readonly PlanNode[]): void => {
    for (const node of planNodes) {
      regionAround[node.index]?.nodes.push(node);
      const own = regionOf.get(node.index);
      if (own !== undefined) own.loop = node;
    }
    for (const { position, members } of bodies) {
      regionOf.get(position)?.ids.push(...planNodes.filter(({ index }) => members[index] === 1).map(({ id }) => id));
    }
    root.ids.push(...planNodes.map(({ id }) => id));
  };
  return { places, arcsFrom, root, fill };
}

function emptyRegion(entries: readonly PlanEdge[], leadsBack: boolean): GrowingRegion {
  return { nodes: [], ids: [], entries, leadsBack };
}
