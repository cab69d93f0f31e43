import { useQuery } from "@tanstack/react-query";
import type { ShownOutcome } from "../../../server/api.ts";
import { mappingsQuery } from "../../api/mappings.ts";
import { MappingEditor } from "./mapping-editor.tsx";

/**
 * The proposed mappings of an import that still wait for a person.
 *
 * @param props what became of the files
 */
export function Proposals({ outcomes }: { readonly outcomes: readonly ShownOutcome[] }) {
  const mappings = useQuery(mappingsQuery);
  const ids = outcomes.flatMap((one) => (one.kind === "proposed" ? [one.proposal.id] : []));
  const waiting = (mappings.data?.own ?? []).filter(
    ({ id, isProposed, uploads }) => isProposed && uploads.length > 0 && ids.includes(id),
  );
  return waiting.map(({ id }) => <MappingEditor key={id} id={id} />);
}
