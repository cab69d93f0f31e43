import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { type ChartPoint, type ChartProps, isolated, type Points } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import type { TableData } from "./chart-table.tsx";
import { type Colours, screenColours, seriesColour } from "./colours.ts";
import { positionOf } from "./datum.ts";
import { datumText } from "./datum-text.ts";
import { round } from "./hatch.ts";
import {
  type Flow,
  type FlowCurve,
  type FlowNode,
  flowMiddle,
  layoutSankey,
  type NodeBox,
  type SankeyLayout,
} from "./sankey-layout.ts";
import { fitText } from "./text-width.ts";

/** What a sankey shows: up to some thirty flows, the rest already summed as one. */
export interface SankeyData {
  readonly nodes: readonly FlowNode[];
  readonly flows: readonly Flow[];
  readonly valueName: string;
}

/** Flows from place to place; the points of the cursor are the flows. */
export type SankeyProps = ChartProps & SankeyData;

/**
 * Draws flows as curves whose widths are their sizes.
 *
 * @param props nodes, flows
 */
export function Sankey(props: SankeyProps): ReactNode {
  const { width, nodes, flows } = props;
  const colours = props.colours ?? screenColours;
  const height = props.height ?? Math.max(220, Math.min(640, 60 + nodes.length * 26));
  const layout = layoutSankey(flows, { x: 0, y: 8, width, height: height - 16 });
  const colourOf = nodeColours(nodes, colours);
  const under = props.cursor?.index ?? null;
  return (
    <ChartFrame
      chart={props}
      height={height}
      description={sentenceFor(props, () => sankeyDescription(props), layout.flows.length === 0)}
      points={flowPoints(props, layout, colourOf)}
    >
      {layout.flows.map((flow) => (
        <path
          key={flow.index}
          d={curvePath(flow)}
          fill="none"
          stroke={colourOf(flow.from.id)}
          strokeWidth={round(Math.max(1, flow.width))}
          strokeOpacity={flow.index === under ? 0.7 : 0.28}
        />
      ))}
      {layout.nodes.map((box) => (
        <NodeMark
          key={box.id}
          box={box}
          name={nameOf(nodes, box.id)}
          room={labelRoom(layout, width)}
          isLeft={box.x > width / 2}
          colours={colours}
          fill={colourOf(box.id)}
        />
      ))}
    </ChartFrame>
  );
}

const curvePath = ({ from, to }: FlowCurve) => {
  const middle = round((from.x + to.x) / 2);
  const [y0, y1] = [round(from.y), round(to.y)];
  return `M${round(from.x)},${y0}C${middle},${y0} ${middle},${y1} ${round(to.x)},${y1}`;
};

function nameOf(nodes: readonly FlowNode[], id: string): string {
  return nodes.find((node) => node.id === id)?.name ?? id;
}

/** Names share colours; from the seventh name on, nodes are grey. */
function nodeColours(nodes: readonly FlowNode[], colours: Colours): (id: string) => string {
  const names = [...new Set(nodes.map(({ name }) => name))];
  return (id) => {
    const node = nodes.find((one) => one.id === id);
    const place = node?.colour ?? names.indexOf(node?.name ?? "");
    return place >= 0 && place < colours.series.length
      ? seriesColour(colours, place)
      : colours.muted;
  };
}

/** px between two columns of nodes that a label may take. */
function labelRoom({ nodes }: SankeyLayout, width: number): number {
  const depths = Math.max(1, ...nodes.map(({ depth }) => depth));
  return Math.max(40, (width / depths) * 0.8 - 16);
}

interface NodeMarkProps {
  readonly box: NodeBox;
  readonly name: string;
  readonly room: number;
  readonly isLeft: boolean;
  readonly colours: Colours;
  readonly fill: string;
}

function NodeMark({ box, name, room, isLeft, colours, fill }: NodeMarkProps): ReactNode {
  const shown = fitText(name, room, 12);
  return (
    <g>
      <rect
        x={round(box.x)}
        y={round(box.y)}
        width={round(box.width)}
        height={round(Math.max(1, box.height))}
        rx={2}
        fill={fill}
      />
      <text
        x={round(isLeft ? box.x - 6 : box.x + box.width + 6)}
        y={round(box.y + box.height / 2)}
        dy="0.35em"
        textAnchor={isLeft ? "end" : "start"}
        fontSize={12}
        fill={colours.text}
        stroke={colours.surface}
        strokeWidth={3}
        strokeLinejoin="round"
        paintOrder="stroke"
      >
        {shown === name ? null : <title>{name}</title>}
        {shown}
      </text>
    </g>
  );
}

function flowPoints(
  props: SankeyProps,
  layout: SankeyLayout,
  colourOf: (id: string) => string,
): Points {
  const { nodes, flows } = props;
  const curves = new Map(layout.flows.map((curve) => [curve.index, curve]));
  const at = (index: number): ChartPoint | undefined => {
    const flow = flows[index];
    if (!flow) return undefined;
    const curve = curves.get(index);
    const [from, to] = [curve?.from ?? { x: 0, y: 0 }, curve?.to ?? { x: 0, y: 0 }];
    return {
      label: `${isolated(nameOf(nodes, flow.from))} → ${isolated(nameOf(nodes, flow.to))}`,
      values: [
        {
          name: props.valueName,
          label: datumText(flow.datum, chartTexts(props.locale)),
          colour: colourOf(flow.from),
        },
      ],
      box: {
        x: from.x,
        y: Math.min(from.y, to.y),
        width: to.x - from.x,
        height: Math.abs(to.y - from.y),
      },
      hasOwnMark: true,
    };
  };
  const near = (x: number, y: number) => {
    const found = layout.flows.find((curve) => {
      const middle = flowMiddle(curve, x);
      return middle !== null && Math.abs(y - middle) <= Math.max(3, curve.width / 2);
    });
    return found?.index ?? null;
  };
  return { count: layout.flows.length === 0 ? 0 : flows.length, at, near };
}

type Spoken = SankeyData & { readonly title: string; readonly locale: Locale };

/**
 * Says what a sankey shows: how many flows, and the largest.
 *
 * @param props nodes, flows, title, language
 */
export function sankeyDescription(props: Spoken): string {
  const t = chartTexts(props.locale);
  const title = isolated(props.title);
  const size = ({ datum }: Flow) => positionOf(datum.value) ?? 0;
  const largest = [...props.flows].sort((a, b) => size(b) - size(a))[0];
  if (!largest) return t("empty.sentence", { title });
  return t("sankey.summary", {
    title,
    count: props.flows.length,
    from: isolated(nameOf(props.nodes, largest.from)),
    to: isolated(nameOf(props.nodes, largest.to)),
    value: largest.datum.label,
  });
}

/**
 * Returns the flows as a table.
 *
 * @param props nodes, flows, title, language
 */
export function sankeyTable(props: Spoken): TableData {
  const t = chartTexts(props.locale);
  return {
    caption: props.title,
    columns: [t("sankey.from"), t("sankey.to"), props.valueName],
    rows: props.flows.map(({ from, to, datum }) => [
      nameOf(props.nodes, from),
      nameOf(props.nodes, to),
      datumText(datum, t),
    ]),
  };
}
