import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { ShownCatalogue, ShownMetric, WorkspaceInfo } from "../../server/api.ts";

/** What every screen may count on: the workspace, and the metrics with their names. */
export interface Known {
  readonly workspace: WorkspaceInfo;
  readonly catalogue: ShownCatalogue;
  /** The metric of an id; own metrics too. */
  readonly metric: (id: string) => ShownMetric | undefined;
  /** Name of a metric, with that of the variant when one is named; of one that is not known, its id. */
  readonly nameOf: (id: string) => string;
  readonly dimensionName: (id: string) => string;
}

const KnownContext = createContext<Known | null>(null);

/**
 * Gives workspace and catalogue to everything below.
 *
 * @param props both, loaded
 */
export function KnownProvider({
  workspace,
  catalogue,
  children,
}: {
  readonly workspace: WorkspaceInfo;
  readonly catalogue: ShownCatalogue;
  readonly children: ReactNode;
}) {
  const value = useMemo<Known>(() => {
    const metrics = new Map(catalogue.metrics.map((metric) => [metric.id, metric]));
    const dimensions = new Map(catalogue.dimensions.map(({ id, name }) => [id, name]));
    return {
      workspace,
      catalogue,
      metric: (id) => metrics.get(id),
      nameOf: (reference) => {
        const [id = "", named] = reference.split("@");
        const metric = metrics.get(id);
        const variant = metric?.variants.find((one) => one.id === named);
        if (!metric) return reference;
        return variant && metric.variants.length > 1
          ? `${metric.name} · ${variant.name}`
          : metric.name;
      },
      dimensionName: (id) => dimensions.get(id) ?? id,
    };
  }, [workspace, catalogue]);
  return <KnownContext value={value}>{children}</KnownContext>;
}

/** Returns the workspace and the metrics with their names. */
export function useKnown(): Known {
  const known = useContext(KnownContext);
  if (!known) throw new Error("workspace outside of its provider");
  return known;
}
