import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemMessage } from "./problem.tsx";

/**
 * Shows what a query brought: a place of the same height while it is on its way, the error when it fails.
 *
 * @param props the query, the height of its content, what to draw with its data
 */
export function Answered<Data>({
  query,
  height,
  skeleton,
  children,
}: {
  readonly query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  readonly height: number;
  readonly skeleton?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error) {
    return <ProblemMessage error={error} height={height} onRetry={() => void refetch()} />;
  }
  return skeleton ?? <Skeleton height={height} radius="md" />;
}
