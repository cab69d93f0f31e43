import { type SankeyGraph, type SankeyLink, type SankeyNode, sankey } from "d3-sankey";
import { type Datum, positionOf } from "./datum.ts";
import type { Box } from "./hatch.ts";

/** A place that flows come from or go to. */
export interface FlowNode {
  /** Unique; the same channel at two positions of a path is two nodes. */
  readonly id: string;
  readonly name: string;
  /** Place among the six colours; nodes of one name share theirs unless told. */
  readonly colour?: number | undefined;
}

/** A flow between two nodes. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly datum: Datum;
}

interface PlacedNode {
  readonly id: string;
}

interface PlacedFlow {
  /** Index in the data. */
  readonly index: number;
}

/** A node with its place in px. */
export type NodeBox = Box & { readonly id: string; readonly depth: number };

/** A flow as a curve of one width, in px. */
export interface FlowCurve {
  readonly index: number;
  readonly from: { readonly id: string; readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly width: number;
}

/** Where nodes and flows stand. */
export interface SankeyLayout {
  readonly nodes: readonly NodeBox[];
  readonly flows: readonly FlowCurve[];
}

/**
 * Places nodes and flows; flows without size and those that lead back in a circle have no place.
 *
 * @param flows in order
 * @param box px
 */
export function layoutSankey(flows: readonly Flow[], box: Box): SankeyLayout {
  const drawn = withoutCircles(
    flows.flatMap(({ from, to, datum }, index) => {
      const value = positionOf(datum.value) ?? 0;
      return value > 0 ? [{ source: from, target: to, value, index }] : [];
    }),
  );
  if (drawn.length === 0) return { nodes: [], flows: [] };
  const ids = [...new Set(drawn.flatMap(({ source, target }) => [source, target]))];
  const graph: SankeyGraph<PlacedNode, PlacedFlow> = sankey<PlacedNode, PlacedFlow>()
    .nodeId(({ id }) => id)
    .nodeWidth(10)
    .nodePadding(14)
    .extent([
      [box.x, box.y],
      [box.x + box.width, box.y + box.height],
    ])({ nodes: ids.map((id) => ({ id })), links: drawn });
  return { nodes: graph.nodes.map(nodeBox), flows: graph.links.map(flowCurve) };
}

function nodeBox(node: SankeyNode<PlacedNode, PlacedFlow>): NodeBox {
  const { id, x0 = 0, x1 = 0, y0 = 0, y1 = 0, depth = 0 } = node;
  return { id, depth, x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

function flowCurve(link: SankeyLink<PlacedNode, PlacedFlow>): FlowCurve {
  const { source, target, index, y0 = 0, y1 = 0, width = 0 } = link;
  const from = typeof source === "object" ? source : null;
  const to = typeof target === "object" ? target : null;
  return {
    index,
    from: { id: from?.id ?? "", x: from?.x1 ?? 0, y: y0 },
    to: { x: to?.x0 ?? 0, y: y1 },
    width,
  };
}

/** Takes flows in order, each only if it does not lead back to where flows already taken came from. */
function withoutCircles<T extends { readonly source: string; readonly target: string }>(
  flows: readonly T[],
): T[] {
  const onward = new Map<string, Set<string>>();
  return flows.filter(({ source, target }) => {
    if (reaches(onward, target, source)) return false;
    onward.set(source, (onward.get(source) ?? new Set()).add(target));
    return true;
  });
}

function reaches(
  onward: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(onward.get(id) ?? []));
  }
  return false;
}

/**
 * Returns the height of the middle of a flow at a place from left to right.
 *
 * @param curve the flow
 * @param x px
 * @returns null beside the flow
 */
export function flowMiddle({ from, to }: FlowCurve, x: number): number | null {
  if (x < from.x || x > to.x || to.x <= from.x) return null;
  const share = (x - from.x) / (to.x - from.x);
  let [low, high] = [0, 1];
  for (let round = 0; round < 12; round += 1) {
    const t = (low + high) / 2;
    const along = 1.5 * t * (1 - t) + t ** 3;
    if (along < share) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return from.y + (to.y - from.y) * t * t * (3 - 2 * t);
}
